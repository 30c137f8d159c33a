import { entries, recordingHandle, start } from "../../test/fakes/consumer.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";

test("what may not begin now waits, however much there is, goes along with what may, and goes when it may", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { handle, handled, batches } = recordingHandle();
  const mayBegin = new Set<boolean>();
  const lingerMs = (urgent: boolean): number => (mayBegin.has(urgent) ? 0 : Infinity);
  const isUrgent = (partition: number): boolean => partition === 0;
  await scratch.journal.append("posts", entries(1, 10));
  await scratch.journal.append("posts", entries(0, 1));
  const consumer = start(scratch.journal, clock, { handle, isUrgent, lingerMs, batch: 4 });
  await clock.untilSleeping(5000);
  expect(handled()).toEqual([]);

  mayBegin.add(true);
  clock.advance(5000);
  await until(() => handled().length === 4);
  expect(batches).toEqual([["p0-1", "p1-1", "p1-2", "p1-3"]]);

  mayBegin.add(false);
  await clock.untilSleeping(5000);
  clock.advance(5000);
  await until(() => handled().length === 11);
  expect(handled().slice(4)).toEqual(entries(1, 7, 4).map(({ key }) => key));
  await consumer.stop();
});
