import { SECRET, entries, keysOf, readDocuments, start } from "../../test/fakes/consumer.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { Declined, Stopped, Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { Handle, Outcome } from "./consume.ts";

describe("Unavailable", () => {
  test("hands the same entries over again after a while, and the others go on meanwhile", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", entries(0, 2));
    const calls: (readonly string[])[] = [];
    const waits: string[] = [];
    const handle: Handle = (batch) => {
      calls.push(keysOf(batch));
      if (calls.length === 1) return Promise.reject(new Unavailable("Try later", { retryAfterMs: 1000 }));
      return Promise.resolve(batch.map(() => undefined));
    };
    const consumer = start(journal, clock, { handle, onWait: (cause) => waits.push(cause.message) });
    await until(() => waits.length === 1);
    await journal.append("posts", [...entries(0, 1, 3), ...entries(1, 1)]);
    await until(() => calls.length === 2);
    clock.advance(2000);
    await until(() => calls.length === 4);
    await consumer.stop();
    expect(calls).toEqual([["p0-1", "p0-2"], ["p1-1"], ["p0-1", "p0-2"], ["p0-3"]]);
    expect(waits).toEqual(["Try later"]);
  });
});

describe("a bug", () => {
  test("parks its entry alone: all others are handled, in order", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", entries(0, 16));
    const done: string[] = [];
    const bugs: unknown[] = [];
    const handle: Handle = (batch) => {
      const culprit = batch.find(({ key }) => key === "p0-5" || key === "p0-12");
      if (culprit !== undefined) return Promise.reject(new TypeError(`Cannot read "${culprit.value}"`));
      done.push(...keysOf(batch));
      return Promise.resolve(batch.map(() => undefined));
    };
    const consumer = start(journal, clock, { handle, onBug: (bug) => bugs.push(bug) });
    await until(() => done.length === 14 && bugs.length === 2);
    await consumer.stop();
    const others = entries(0, 16).map(({ key }) => key);
    expect(done).toEqual(others.filter((key) => key !== "p0-5" && key !== "p0-12"));
    const parked = await readDocuments(journal, "parked/");
    expect(parked.map(({ key, reason }) => [key, reason])).toEqual([
      ["p0-12", "bug"],
      ["p0-5", "bug"],
    ]);
    expect(parked[0]?.["detail"]).toMatch(/^TypeError at .*consume\.failures\.test\.ts:\d+:\d+$/);
    expect(JSON.stringify(parked)).not.toContain(SECRET);
  });

  test("is also an answer that does not say what became of each entry", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", entries(0, 1));
    const bugs: unknown[] = [];
    const consumer = start(scratch.journal, clock, {
      handle: () => Promise.resolve([]),
      onBug: (bug) => bugs.push(bug),
    });
    await until(() => bugs.length === 1);
    await consumer.stop();
    expect(await readDocuments(scratch.journal, "parked/")).toMatchObject([{ reason: "bug" }]);
  });

  test("that hits everything stops the consumer instead of parking the world", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", entries(0, 60));
    const waits: Error[] = [];
    const consumer = start(scratch.journal, clock, {
      handle: () => Promise.reject(new RangeError(SECRET)),
      onWait: (cause) => waits.push(cause),
    });
    await until(() => waits.length === 1);
    await consumer.stop();
    expect(waits[0]).toBeInstanceOf(Stopped);
    expect(waits[0]?.message).toMatch(/rejected for "bug": RangeError at/);
    expect(await readDocuments(scratch.journal, "parked/")).toHaveLength(20);
  });
});

test("what the CRM declines is parked with what it says, and however many do not stop the others", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  await journal.append("posts", entries(0, 40));
  const done: string[] = [];
  const handle: Handle = (batch) => {
    const isDeclined = batch.some(({ key }) => Number(key.slice(3)) <= 25);
    if (isDeclined)
      return Promise.reject(new Declined({ reason: "HOUSE_RULE", detail: "Closed Cases stay as they are" }));
    done.push(...keysOf(batch));
    return Promise.resolve(batch.map(() => undefined));
  };
  const consumer = start(journal, clock, { handle });
  await until(() => done.length === 15);
  await consumer.stop();
  const parked = await readDocuments(journal, "parked/");
  expect(parked).toHaveLength(25);
  expect(parked[0]).toMatchObject({ reason: "HOUSE_RULE", detail: "Closed Cases stay as they are" });
});

test("a consumer that stopped goes on when what was refused only waits", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  await scratch.journal.append("posts", entries(0, 21));
  const handled = new Set<string>();
  const waits: Error[] = [];
  const away = new Unavailable("The network of this account is away.");
  let answer: Outcome = { reason: "FORBIDDEN", detail: "A rule of the org." };
  const handle: Handle = (batch) => {
    for (const key of keysOf(batch)) handled.add(key);
    return Promise.resolve(batch.map(() => answer));
  };
  const consumer = start(scratch.journal, clock, { handle, onWait: (wait) => waits.push(wait) });
  await until(() => waits.length === 1);
  answer = away;
  clock.advance(3_600_000);
  await scratch.journal.append("posts", entries(1, 1));
  for (let turn = 0; turn < 1000 && !handled.has("p1-1"); turn++) await new Promise(setImmediate);
  await consumer.stop();
  expect(handled).toContain("p1-1");
});

test("a journal that could not be written at the start is told to be there again", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  let isLocked = true;
  const journal: Journal = {
    ...scratch.journal,
    put: (...put) => (isLocked ? Promise.reject(new Unavailable("Locked")) : scratch.journal.put(...put)),
  };
  const told: string[] = [];
  const handle: Handle = (batch) => Promise.resolve(batch.map(() => undefined));
  const options = { handle, partitions: [0], onWait: () => told.push("waits"), onBatch: () => told.push("up") };
  const consumer = start(journal, clock, options);
  await until(() => told.length === 1);
  isLocked = false;
  clock.advance(60_000);
  await until(() => told.length === 2);
  await consumer.stop();
  expect(told).toEqual(["waits", "up"]);
});

test("being aborted ends a consumer in whatever it is about, without a fault", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  await scratch.journal.append("posts", [...entries(0, 1), ...entries(1, 1), ...entries(2, 3)]);
  const begun: string[] = [];
  // One partition waits for the other side, one is in the middle of a call that fails when aborted, one is done.
  const handle: Handle = async (batch, signal) => {
    begun.push(...keysOf(batch));
    if (batch.some(({ partition }) => partition === 0)) throw new Unavailable("Not now", { retryAfterMs: 60_000 });
    if (batch.some(({ partition }) => partition === 1)) {
      await clock.sleep(60_000, signal);
      throw new Error("Cut off");
    }
    return batch.map(() => undefined);
  };
  const consumer = start(scratch.journal, clock, { handle, batch: 1 });
  await until(() => begun.length === 5);
  await expect(consumer.stop()).resolves.toBeUndefined();
  // A rejection that nobody hears would fail this test by itself.
  await new Promise(setImmediate);
  expect(await readDocuments(scratch.journal, "parked/")).toEqual([]);
});
