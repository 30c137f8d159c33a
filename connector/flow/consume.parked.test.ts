import { SECRET, entries, readDocuments, recordingHandle, rejected, start } from "../../test/fakes/consumer.ts";
import { Crash, crashingJournal } from "../../test/fakes/crashing-journal.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { Stopped, Unavailable } from "../errors.ts";
import type { ConsumeStats, Handle } from "./consume.ts";

describe("a rejection", () => {
  test("parks the entry without any of its text, and the rest goes on", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", entries(2, 3));
    const { handle, handled } = recordingHandle(({ key }) => (key === "p2-2" ? rejected : undefined));
    const stats: unknown[] = [];
    const consumer = start(journal, clock, { handle, onStats: (now) => stats.push(now) });
    await until(() => handled().length === 3);
    await until(() => JSON.stringify(stats.at(-1)) === '{"lag":0,"parked":1}');
    await consumer.stop();
    const parked = await readDocuments(journal, "parked/posts/");
    expect(parked).toEqual([{ key: "p2-2", partition: 2, ...rejected, at: clock.now(), tries: 1 }]);
    expect(JSON.stringify(parked)).not.toContain(SECRET);
  });

  test("is tried again at the next start, alone, and is gone when it succeeds", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", [...entries(0, 3), ...entries(1, 1)]);
    const before = recordingHandle(({ partition }) => (partition === 0 ? rejected : undefined));
    const first = start(scratch.journal, clock, before);
    await until(() => before.handled().length === 4);
    await first.stop();

    const journal = await scratch.reopen();
    const after = recordingHandle(({ key }) => (key === "p0-2" ? rejected : undefined));
    const second = start(journal, clock, after);
    await until(() => after.handled().length === 3);
    await second.stop();
    expect(after.batches).toEqual([["p0-1"], ["p0-2"], ["p0-3"]]);
    expect(await readDocuments(journal, "parked/")).toMatchObject([{ key: "p0-2", tries: 2 }]);
  });

  test("is tried again every ten minutes, and half as often after each failure", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", entries(0, 1));
    const { handle, batches } = recordingHandle(() => rejected);
    const consumer = start(journal, clock, { handle });
    const triesAfter = async (minutes: number): Promise<number> => {
      for (let looks = 0; looks < minutes * 12; looks += 1) {
        await clock.untilSleeping(5000);
        clock.advance(5000);
        for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
      }
      return batches.length;
    };
    await until(() => batches.length === 1);
    expect(await triesAfter(9)).toBe(1);
    expect(await triesAfter(2)).toBe(2);
    expect(await triesAfter(18)).toBe(2);
    expect(await triesAfter(3)).toBe(3);
    await consumer.stop();
  });

  test("of an entry that was erased meanwhile is forgotten", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", entries(0, 1));
    const { handle, batches } = recordingHandle(() => rejected);
    const parked: number[] = [];
    const first = start(journal, clock, { handle, onStats: (stats) => parked.push(stats.parked) });
    await until(() => parked.at(-1) === 1);
    await first.stop();
    await journal.erase("p0-1");
    const second = start(journal, clock, { handle, onStats: (stats) => parked.push(stats.parked) });
    await until(() => parked.at(-1) === 0);
    await second.stop();
    expect(batches).toHaveLength(1);
    expect(await readDocuments(journal, "parked/")).toEqual([]);
  });

  test("that a crash left ahead of its position comes again in its turn, and once", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", entries(0, 3));
    const { handle } = recordingHandle(({ key }) => (key === "p0-3" ? rejected : undefined));
    // The first write takes the position, the second holds it, the third parks, the fourth would have moved the position.
    const dying = crashingJournal(scratch.journal, { write: 4, when: "before" });
    await expect(start(dying, clock, { handle, partitions: [0] }).running).rejects.toThrow(Crash);
    expect(await readDocuments(scratch.journal, "parked/")).toHaveLength(1);

    const journal = await scratch.reopen();
    const after = recordingHandle();
    const parked: number[] = [];
    const onStats = (stats: ConsumeStats) => parked.push(stats.parked);
    const consumer = start(journal, clock, { handle: after.handle, partitions: [0], onStats });
    await until(() => parked.at(-1) === 0);
    await consumer.stop();
    expect(after.batches).toEqual([["p0-1", "p0-2", "p0-3"]]);
  });

  test("of a key that was forgotten and appended anew does not hand the new entry over twice", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", entries(0, 1));
    const { handle, batches } = recordingHandle(() => (batches.length === 1 ? rejected : undefined));
    const parked: number[] = [];
    const onStats = (stats: ConsumeStats) => parked.push(stats.parked);
    const first = start(journal, clock, { handle, onStats });
    await until(() => parked.at(-1) === 1);
    clock.advance(1);
    // What is parked is not trimmed: only a document from elsewhere names an entry that is gone.
    const [document] = await Array.fromAsync(journal.list("parked/"));
    await journal.remove(document?.key ?? "", document?.revision ?? 0);
    await journal.trim("posts", { values: clock.now(), keys: clock.now() });
    await journal.append("posts", entries(0, 1));
    await until(() => batches.length === 2);
    await first.stop();
    await journal.put(document?.key ?? "", document?.value ?? "", 0);

    const second = start(journal, clock, { handle, onStats });
    await until(() => parked.at(-1) === 0);
    await second.stop();
    expect(batches).toEqual([["p0-1"], ["p0-1"]]);
  });

  test("of ever other reasons does not stop it", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", entries(0, 60));
    const { handle, handled } = recordingHandle(({ key }) => ({ reason: `RULE_${key.at(-1) ?? ""}`, detail: "No." }));
    const consumer = start(scratch.journal, clock, { handle });
    await until(() => handled().length === 60);
    await consumer.stop();
    expect(await readDocuments(scratch.journal, "parked/")).toHaveLength(60);
  });

  test.each([3, 200])("more than twenty in a row for one reason hold it up (batches of %i)", async (batch) => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", [...entries(0, 30), ...entries(1, 40)]);
    let isMended = false;
    const { handle, handled } = recordingHandle(() => (isMended ? undefined : rejected));
    const waits: (readonly [Error, number])[] = [];
    const stats: ConsumeStats[] = [];
    const consumer = start(journal, clock, {
      handle,
      batch,
      inFlight: 1,
      onWait: (cause, delayMs) => waits.push([cause, delayMs]),
      onStats: (now) => stats.push(now),
    });
    await until(() => waits.length === 1);
    const parked = await readDocuments(journal, "parked/");
    expect(parked.length).toBeLessThanOrEqual(20);
    expect(waits[0]?.[0]).toBeInstanceOf(Stopped);
    expect(waits[0]?.[0].message).toMatch(/"TOO_LONG": The field Text__c is too short/);
    expect(waits[0]?.[1]).toBeGreaterThanOrEqual(600_000);

    // Nothing new begins and nothing more is parked, however often it is tried again.
    const before = handled().length;
    clock.advance(601_000);
    await until(() => waits.length === 2);
    expect(new Set(handled().slice(before)).size).toBeLessThanOrEqual(batch + parked.length);
    expect(await readDocuments(journal, "parked/")).toHaveLength(parked.length);

    // With the cause mended every entry goes through: those that were parked, and those that were not passed.
    isMended = true;
    const mendedFrom = handled().length;
    while (stats.at(-1)?.lag !== 0 || new Set(handled().slice(mendedFrom)).size < 70) {
      clock.advance(1_200_000);
      await new Promise(setImmediate);
    }
    await until(() => stats.at(-1)?.parked === 0);
    await consumer.stop();
    expect(await readDocuments(journal, "parked/")).toEqual([]);
  });

  test("many for one reason, but not in a row, do not stop it", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", entries(0, 63));
    const { handle, handled } = recordingHandle(({ key }) => (Number(key.slice(3)) % 21 === 0 ? undefined : rejected));
    const consumer = start(journal, clock, { handle });
    await until(() => handled().length === 63);
    await consumer.stop();
    expect(await readDocuments(journal, "parked/")).toHaveLength(60);
  });
});

test("a parked entry whose try had to wait is told like any batch, so that nobody thinks that it still waits", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  await journal.append("posts", entries(0, 1));
  const told: string[] = [];
  let calls = 0;
  const handle: Handle = (batch) => {
    calls += 1;
    if (calls === 2) return Promise.reject(new Unavailable("The CRM is away", { retryAfterMs: 1000 }));
    return Promise.resolve(batch.map(() => (calls === 1 ? rejected : undefined)));
  };
  const options = { handle, onWait: () => told.push("waits"), onBatch: () => told.push("up") };
  const consumer = start(journal, clock, options);
  await until(() => told.length === 1);
  clock.advance(await clock.untilSleeping(5000));
  clock.advance(600_000);
  await until(() => told.includes("waits"));
  clock.advance(60_000);
  await until(() => calls === 3);
  for (let turn = 0; turn < 100 && told.length < 3; turn++) await new Promise(setImmediate);
  await consumer.stop();
  expect(told).toEqual(["up", "waits", "up"]);
});
