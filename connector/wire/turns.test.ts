import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { openTurns } from "./turns.ts";

const toMs = (clock: { now(): string }): number => Date.parse(clock.now());

test("turns tell the time, and grow with every call, of those side by side too", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const next = openTurns(scratch.journal, clock);
  const start = toMs(clock);
  expect(await Promise.all([next(0), next(0), next(0)])).toEqual([start, start + 1, start + 2]);
  clock.advance(3_600_000);
  expect(await next(0)).toBe(start + 3_600_000);
  expect(await next(start + 7_200_000)).toBe(start + 7_200_000);
});

test("a clock that goes back takes no turn back, nor does the end of the process", async () => {
  await using scratch = await openScratchJournal(manualClock());
  const late = manualClock("2026-03-02T10:00:00.000Z");
  const early = manualClock("2026-03-02T09:00:00.000Z");
  let clock = late;
  const next = openTurns(scratch.journal, { now: () => clock.now() });
  const before = await next(toMs(late) + 500_000);
  clock = early;
  const after = await next(0);
  expect(after).toBeGreaterThan(before);

  const again = openTurns(await scratch.reopen(), early);
  expect(await again(0)).toBeGreaterThan(after);
});

test("connectors side by side never have the same turn, and who begins anew is ahead", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const [one, other] = [openTurns(scratch.journal, clock), openTurns(scratch.journal, clock)];
  const turns = [];
  for (let call = 0; call < 3; call++) {
    turns.push(...(await Promise.all([one(0), other(0)])));
    clock.advance(90_000);
  }
  expect(new Set(turns).size).toBe(turns.length);
  expect(await openTurns(scratch.journal, clock)(0)).toBeGreaterThan(Math.max(...turns));
});

test("a journal that cannot be written gives no turn, and gives the next one when it can", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  let isFull = true;
  const next = openTurns(
    {
      get: (key) => journal.get(key),
      put: (key, value, revision) =>
        isFull ? Promise.reject(new Error("The disk is full")) : journal.put(key, value, revision),
    },
    clock,
  );
  await expect(next(0)).rejects.toThrow("The disk is full");
  isFull = false;
  expect(await next(0)).toBe(toMs(clock));
});
