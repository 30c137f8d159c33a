import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { until } from "../../../test/fakes/until.ts";
import { openChanges } from "./changes.ts";
import type { Session, Step } from "./connect.ts";
import { toHints } from "./events/hints.ts";
import { toFields } from "./fields.ts";

const SWEEP_MS = 3_600_000;

/** Follows the feed of an org where nothing happens, and counts its sweeps. */
function follow(hintedMs = 3000) {
  const clock = manualClock();
  const hints = toHints(clock);
  const stop = new AbortController();
  let sweeps = 0;
  const session: Session = {
    userId: undefined,
    composite(steps: readonly Step[]) {
      if (steps.some(({ ref }) => ref === "replies")) sweeps += 1;
      const nothing = { status: 200, body: { done: true, records: [] } };
      return Promise.resolve(new Map(steps.map(({ ref }) => [ref, nothing])));
    },
    more: () => Promise.reject(new Error("there is no more")),
  };
  const feed = openChanges({
    ...{ session, fields: toFields(""), clock, hints },
    sweepMs: () => SWEEP_MS,
    hintedMs: () => hintedMs,
    onSettings: () => undefined,
  });
  const ended = (async () => {
    for await (const page of feed(undefined, stop.signal)) expect(page.items).toEqual([]);
  })();
  return {
    clock,
    hints,
    sweeps: () => sweeps,
    stop: async () => {
      stop.abort();
      await ended;
    },
  };
}

test("a hint calls for a sweep at once", async () => {
  const { clock, hints, sweeps, stop } = follow();
  expect(await clock.untilSleeping()).toBe(SWEEP_MS);
  clock.advance(60_000);
  expect(sweeps()).toBe(1);
  hints.ring();
  await until(() => sweeps() === 2);
  expect(await clock.untilSleeping()).toBe(SWEEP_MS);
  await stop();
});

test("a few hints are followed at once, a storm shares sweeps, one in three seconds", async () => {
  const { clock, hints, sweeps, stop } = follow();
  await clock.untilSleeping();
  for (const sweep of [2, 3]) {
    hints.ring();
    await until(() => sweeps() === sweep);
    await clock.untilSleeping();
  }
  for (let second = 0; second < 30; second++) {
    for (let hint = 0; hint < 100; hint++) hints.ring();
    await new Promise(setImmediate);
    clock.advance(1000);
    await new Promise(setImmediate);
  }
  expect(sweeps()).toBeGreaterThanOrEqual(10);
  expect(sweeps()).toBeLessThanOrEqual(13);
  await stop();
});

test("where calls are scarce, hints wait as sweeps do", async () => {
  const { clock, hints, sweeps, stop } = follow(300_000);
  for (const sweep of [1, 2, 3]) {
    await until(() => sweeps() === sweep);
    await clock.untilSleeping();
    hints.ring();
  }
  expect(await clock.untilSleeping(900_000)).toBe(900_000);
  clock.advance(900_000);
  await until(() => sweeps() === 4);
  await stop();
});

test("a hint that comes while a sweep is under way is answered by the next one", async () => {
  const { hints, sweeps, stop } = follow();
  // The first sweep has begun, and has not ended.
  hints.ring();
  await until(() => sweeps() === 2);
  await stop();
});

test("without any hint it is a sweep now and then", async () => {
  const { clock, sweeps, stop } = follow();
  clock.advance(await clock.untilSleeping());
  await until(() => sweeps() === 2);
  await stop();
});
