import { entries, keysOf, recordingHandle, start } from "../../test/fakes/consumer.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import type { Handle } from "./consume.ts";

/** Four owners: partitions 0 to 3 are urgent, 4 to 7 hold the rest of the same authors. */
const OWNERS = 4;
const tracks = {
  partitions: Array.from({ length: 2 * OWNERS }, (_, partition) => partition),
  ownerOf: (partition: number) => partition % OWNERS,
  isUrgent: (partition: number) => partition < OWNERS,
};

const done: Handle = (batch) => Promise.resolve(batch.map(() => undefined));
const toPartition = (key: string): number => Number(key.slice(1, key.indexOf("-")));

test("what is urgent goes first when much is waiting, and the rest fills what is left of a batch", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  await scratch.journal.append(
    "posts",
    tracks.partitions.toReversed().flatMap((partition) => entries(partition, partition < OWNERS ? 30 : 100)),
  );
  const { batches, handle, handled } = recordingHandle();
  const consumer = start(scratch.journal, clock, { ...tracks, handle, batch: 50, inFlight: 1 });
  await until(() => handled().length === 520);
  await consumer.stop();
  const urgent = handled().map((key) => toPartition(key) < OWNERS);
  expect(urgent.lastIndexOf(true)).toBeLessThan(125);
  expect(urgent.slice(0, 100).every(Boolean)).toBe(true);
  // 520 entries in eleven batches: none but the last is less than full.
  expect(batches.map(({ length }) => length)).toEqual([...Array<number>(10).fill(50), 20]);
});

test("each track keeps its order, and one owner is never in two batches at a time", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  await scratch.journal.append(
    "posts",
    tracks.partitions.flatMap((partition) => entries(partition, 40)),
  );
  const busy = new Set<number>();
  const seen: string[] = [];
  let most = 0;
  const handle: Handle = async (batch) => {
    const owners = new Set(batch.map(({ partition }) => tracks.ownerOf(partition)));
    for (const owner of owners) expect(busy.has(owner)).toBe(false);
    for (const owner of owners) busy.add(owner);
    most = Math.max(most, busy.size);
    await new Promise(setImmediate);
    seen.push(...keysOf(batch));
    for (const owner of owners) busy.delete(owner);
    return batch.map(() => undefined);
  };
  const consumer = start(scratch.journal, clock, { ...tracks, handle, batch: 15 });
  await until(() => seen.length === 320);
  await consumer.stop();
  expect(most).toBe(OWNERS);
  for (const partition of tracks.partitions) {
    const mine = seen.filter((key) => toPartition(key) === partition);
    expect(mine).toEqual(entries(partition, 40).map(({ key }) => key));
  }
});

test("full batches run beside each other, as many as are allowed", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const partitions = Array.from({ length: 16 }, (_, partition) => partition);
  await scratch.journal.append(
    "posts",
    partitions.flatMap((partition) => entries(partition, 30)),
  );
  const sizes: number[] = [];
  const handle: Handle = (batch, signal) => {
    sizes.push(batch.length);
    return new Promise((resolve) => signal.addEventListener("abort", () => resolve(batch.map(() => undefined))));
  };
  const consumer = start(scratch.journal, clock, { partitions, handle, batch: 20 });
  await until(() => sizes.length === 6);
  await consumer.stop();
  expect(sizes).toEqual(Array<number>(6).fill(20));
});

test("what comes in while a batch is under way is joined into one, however small its pages were", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  let release: (() => void) | undefined;
  const batches: (readonly string[])[] = [];
  const handle: Handle = async (batch) => {
    batches.push(keysOf(batch));
    if (batches.length === 1) await new Promise<void>((resolve) => (release = resolve));
    return batch.map(() => undefined);
  };
  const consumer = start(journal, clock, { handle, batch: 50, inFlight: 1 });
  await journal.append("posts", entries(0, 1));
  await until(() => release !== undefined);
  for (let n = 1; n <= 10; n++) {
    await journal.append("posts", [...entries(0, 1, n + 1), ...entries(1, 1, n), ...entries(2, 1, n)]);
    await new Promise(setImmediate);
  }
  release?.();
  await until(() => batches.length === 2);
  await consumer.stop();
  expect(batches[1]).toHaveLength(30);
});

test("the urgent linger less, and take along whatever else is waiting", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  const { batches, handle } = recordingHandle();
  const lingerMs = (urgent: boolean): number => (urgent ? 300 : 900);
  const consumer = start(journal, clock, { ...tracks, handle, lingerMs });
  await journal.append("posts", entries(5, 1));
  await clock.untilSleeping(900);
  clock.advance(500);
  expect(batches).toEqual([]);
  await journal.append("posts", entries(2, 1));
  await clock.untilSleeping(300);
  clock.advance(300);
  await until(() => batches.length === 1);
  expect(batches).toEqual([["p2-1", "p5-1"]]);

  await journal.append("posts", entries(6, 1));
  await clock.untilSleeping(900);
  clock.advance(900);
  await until(() => batches.length === 2);
  await consumer.stop();
});

test("memory holds a page or two of each partition, however much is waiting", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  await scratch.journal.append("posts", entries(0, 500));
  const lags: number[] = [];
  const consumer = start(scratch.journal, clock, {
    handle: done,
    batch: 10,
    partitions: [0],
    onStats: ({ lag }) => lags.push(lag),
  });
  await until(() => lags.length > 50 && lags.at(-1) === 0);
  await consumer.stop();
  expect(Math.max(...lags)).toBeLessThanOrEqual(30);
});
