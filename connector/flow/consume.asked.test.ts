import { entries, readDocuments, recordingHandle, rejected, start } from "../../test/fakes/consumer.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import type { Journal } from "../journal/journal.ts";
import type { ConsumeStats } from "./consume.ts";
import { findParked, readParked, toParkedKey, type ParkedEntry } from "./consuming/parked.ts";

/** What a command of another process does while the consumer runs. */
async function readAll(journal: Journal): Promise<readonly ParkedEntry[]> {
  const all: ParkedEntry[] = [];
  for await (const parked of readParked(journal)) all.push(parked);
  return all;
}

async function ask(journal: Journal, parked: ParkedEntry): Promise<void> {
  const doc = await journal.get(toParkedKey(parked.log, parked.seq));
  const value = JSON.stringify({ ...(JSON.parse(doc?.value ?? "{}") as object), again: true });
  expect(await journal.put(toParkedKey(parked.log, parked.seq), value, parked.revision)).toBeDefined();
}

async function openScene(count: number) {
  const clock = manualClock();
  const scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  await journal.append("posts", entries(0, count));
  const state = { isMended: false };
  const { handle, batches } = recordingHandle(() => (state.isMended ? undefined : rejected));
  const stats: ConsumeStats[] = [];
  const consumer = start(journal, clock, { handle, onStats: (now) => stats.push(now) });
  await until(() => stats.at(-1)?.parked === count && stats.at(-1)?.lag === 0);
  const close = async (): Promise<void> => await scratch[Symbol.asyncDispose]();
  return { clock, journal, state, batches, stats, consumer, [Symbol.asyncDispose]: close };
}

test("what somebody asks for is tried again within seconds, and only that", async () => {
  await using scene = await openScene(3);
  const { clock, journal, state, batches, stats, consumer } = scene;
  const [, second] = await readAll(journal);
  expect(second).toMatchObject({ key: "p0-2", log: "posts", partition: 0, reason: rejected.reason, tries: 1 });
  if (second === undefined) throw new Error("Nothing is parked");
  await ask(journal, second);
  state.isMended = true;
  await clock.untilSleeping(5000);
  clock.advance(5000);
  await until(() => stats.at(-1)?.parked === 2);
  await consumer.stop();
  expect(batches.slice(1)).toEqual([["p0-2"]]);
  expect((await readAll(journal)).map(({ key }) => key)).toEqual(["p0-1", "p0-3"]);
});

test("what is refused once more after it was asked for waits its time again", async () => {
  await using scene = await openScene(1);
  const { clock, journal, batches, consumer } = scene;
  const [parked] = await readAll(journal);
  if (parked === undefined) throw new Error("Nothing is parked");
  await ask(journal, parked);
  for (let look = 0; look < 4; look++) {
    await clock.untilSleeping(5000);
    clock.advance(5000);
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
  }
  await consumer.stop();
  expect(batches).toHaveLength(2);
  expect(await findParked(journal, "posts", parked.seq)).toMatchObject({ tries: 2 });
  expect(await findParked(journal, "posts", parked.seq)).not.toHaveProperty("again", true);
});

test("what somebody dropped is forgotten, also in the middle of a try", async () => {
  await using scene = await openScene(2);
  const { clock, journal, batches, stats, consumer } = scene;
  const [first, second] = await readAll(journal);
  if (first === undefined || second === undefined) throw new Error("Too little is parked");
  await journal.remove(toParkedKey("posts", first.seq), first.revision);
  await clock.untilSleeping(5000);
  clock.advance(5000);
  await clock.untilSleeping(5000);
  clock.advance(600_000);
  await until(() => batches.length === 2);
  await until(() => stats.at(-1)?.parked === 1);
  await consumer.stop();
  expect(batches[1]).toEqual(["p0-2"]);
  expect(await readDocuments(journal, "parked/")).toMatchObject([{ key: "p0-2", tries: 2 }]);
});

test("what is dropped while it is tried and refused stays away", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  await journal.append("posts", entries(0, 1));
  const stats: ConsumeStats[] = [];
  let tries = 0;
  const consumer = start(journal, clock, {
    handle: async (batch) => {
      const [parked] = await readAll(journal);
      if (parked !== undefined) await journal.remove(toParkedKey("posts", parked.seq), parked.revision);
      tries += 1;
      return batch.map(() => rejected);
    },
    onStats: (now) => stats.push(now),
  });
  await until(() => stats.at(-1)?.parked === 1);
  await clock.untilSleeping(5000);
  clock.advance(600_000);
  await until(() => tries === 2 && stats.at(-1)?.parked === 0);
  await consumer.stop();
  expect(await readDocuments(journal, "parked/")).toEqual([]);
});
