import fc from "fast-check";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import type { Clock } from "../../clock.ts";
import type { Doc, Journal } from "../../journal/journal.ts";
import { openPurse, type Purse } from "./purse.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LIMIT = 4000;
const ALLOWED = LIMIT / 2;

/** The one document; `lose` of the answers to what is written never arrive. */
function toDocument(lose: () => boolean = () => false): Pick<Journal, "get" | "put"> {
  let doc: Doc | undefined;
  return {
    get: () => Promise.resolve(doc),
    put(key, value, revision) {
      if ((doc?.revision ?? 0) !== revision) return Promise.resolve(undefined);
      doc = { key, value, revision: revision + 1 };
      return lose() ? Promise.reject(new Error("The answer is lost")) : Promise.resolve(revision + 1);
    },
  };
}

function toMostInADay(spent: readonly { readonly atMs: number; readonly calls: number }[]): number {
  let [from, sum, most] = [0, 0, 0];
  for (const { atMs, calls } of spent) {
    sum += calls;
    for (; (spent[from]?.atMs ?? atMs) <= atMs - DAY_MS; from++) sum -= spent[from]?.calls ?? 0;
    most = Math.max(most, sum);
  }
  return most;
}

async function spend(purse: Purse, calls: number): Promise<number> {
  for (let spent = 0; spent < calls; spent++) {
    if (purse.spend()) continue;
    await purse.draw().catch(() => undefined);
    if (!purse.spend()) return spent;
  }
  return calls;
}

const step = fc.record({
  who: fc.nat(15),
  act: fc.oneof(
    { weight: 20, arbitrary: fc.constant("spend" as const) },
    { weight: 1, arbitrary: fc.constant("crash" as const) },
    { weight: 1, arbitrary: fc.constant("leave" as const) },
  ),
  calls: fc.oneof(fc.nat(9), fc.nat(150)),
  restMs: fc.oneof(fc.nat(MINUTE_MS), fc.nat(HOUR_MS), fc.nat(13 * HOUR_MS)),
});

test("however many draw whenever, by clocks that differ, in no 24 hours more than the share is spent", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -5 * MINUTE_MS, max: 5 * MINUTE_MS }), { minLength: 1, maxLength: 16 }),
      fc.array(step, { minLength: 50, maxLength: 120 }),
      fc.infiniteStream(fc.nat(99)),
      async (skews, steps, luck) => {
        const time = manualClock();
        const journal = toDocument(() => (luck.next().value ?? 0) < 5);
        const open = async (who: number): Promise<Purse> => {
          const skewMs = skews[who] ?? 0;
          const clock: Clock = { ...time, now: () => new Date(Date.parse(time.now()) + skewMs).toISOString() };
          const purse = await openPurse({ journal, clock, share: 0.5 });
          purse.learn(LIMIT);
          return purse;
        };
        const purses = await Promise.all(skews.map((_, who) => open(who)));
        const spent: { atMs: number; calls: number }[] = [];
        for (const { who, act, calls, restMs } of steps) {
          const index = who % purses.length;
          const purse = purses[index] as Purse;
          spent.push({ atMs: time.monotonicMs(), calls: await spend(purse, calls) });
          if (act === "leave") await purse.close().catch(() => undefined);
          if (act !== "spend") purses[index] = await open(index);
          time.advance(restMs);
        }
        expect(toMostInADay(spent)).toBeLessThanOrEqual(ALLOWED);
      },
    ),
    { numRuns: 50, seed: 7 },
  );
});

test("sixteen who ask without end get nearly all of the share, by clocks that differ too", async () => {
  const time = manualClock();
  const journal = toDocument();
  const purses = await Promise.all(
    Array.from({ length: 16 }, async (_, who) => {
      const skewMs = who % 2 === 0 ? -5 * MINUTE_MS : 5 * MINUTE_MS;
      const clock: Clock = { ...time, now: () => new Date(Date.parse(time.now()) + skewMs).toISOString() };
      const purse = await openPurse({ journal, clock, share: 0.5 });
      purse.learn(LIMIT);
      return purse;
    }),
  );
  let spent = 0;
  for (let atMs = 0; atMs < DAY_MS; atMs += 3 * MINUTE_MS) {
    for (const purse of purses) spent += await spend(purse, 2);
    time.advance(3 * MINUTE_MS);
  }
  expect(spent).toBeLessThanOrEqual(ALLOWED);
  expect(spent).toBeGreaterThan(0.95 * ALLOWED);
});

test("all know what all have spent, and what the org told any of them", async () => {
  const time = manualClock();
  const journal = toDocument();
  const [one, other] = [
    await openPurse({ journal, clock: time, share: 0.5 }),
    await openPurse({ journal, clock: time, share: 0.5 }),
  ];
  one.learn(LIMIT);
  await spend(one, 20);
  await spend(other, 10);
  await one.close();
  await other.close();
  expect(other.allowance.allowed).toBe(ALLOWED);
  expect(other.used()).toBe(30);
  one.learn(LIMIT / 2);
  await spend(one, 10);
  await other.draw();
  await other.draw();
  expect(other.allowance.allowed).toBe(ALLOWED / 2);
});

test("what lies drawn for an hour is given back, and what a dead holder had comes back by itself", async () => {
  const time = manualClock();
  const journal = toDocument();
  const [idle, dead] = [
    await openPurse({ journal, clock: time, share: 0.5 }),
    await openPurse({ journal, clock: time, share: 0.5 }),
  ];
  for (const purse of [idle, dead]) {
    purse.learn(LIMIT);
    await spend(purse, 1);
  }
  time.advance(DAY_MS);
  expect(idle.spend()).toBe(false);
  await idle.draw();
  expect(idle.spend()).toBe(true);
  await idle.close();
  const late = await openPurse({ journal, clock: time, share: 0.5 });
  expect(late.level()).toBeCloseTo(ALLOWED / 10 - 1, 3);
});
