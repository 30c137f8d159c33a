import { manualClock } from "../../test/fakes/manual-clock.ts";
import type { ManualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { Misconfigured, Unavailable } from "../errors.ts";
import type { Entry, Journal } from "../journal/journal.ts";
import { consume } from "./consume.ts";
import type { ConsumeOptions, Handle } from "./consume.ts";

const SECRET = "my bag never arrived";

/** `n` entries of one partition: `p<partition>-<number>`. */
function entries(partition: number, n: number, first = 1) {
  return Array.from({ length: n }, (_, index) => ({
    key: `p${partition}-${first + index}`,
    partition,
    value: `${SECRET} ${first + index}`,
  }));
}

function keysOf(batch: readonly Entry[]): readonly string[] {
  return batch.map(({ key }) => key);
}

/** A consumer under test, running from the start. */
function start(
  journal: Journal,
  clock: ManualClock,
  options: Pick<ConsumeOptions, "handle"> & Partial<ConsumeOptions>,
) {
  const stop = new AbortController();
  const running = consume({ journal, clock, log: "posts", partitions: [0, 1, 2, 3], ...options }, stop.signal);
  running.catch(() => undefined);
  return {
    running,
    stop: async (): Promise<void> => {
      stop.abort();
      await running;
    },
  };
}

async function readDocuments(journal: Journal, prefix: string): Promise<readonly Record<string, unknown>[]> {
  const documents: Record<string, unknown>[] = [];
  for await (const doc of journal.list(prefix)) documents.push(JSON.parse(doc.value) as Record<string, unknown>);
  return documents;
}

/** Remembers every batch; answers with what `answer` makes of an entry. */
function recordingHandle(answer: (entry: Entry) => undefined | { reason: string; detail: string } = () => undefined) {
  const batches: (readonly string[])[] = [];
  const handle: Handle = (batch) => {
    batches.push(keysOf(batch));
    return Promise.resolve(batch.map(answer));
  };
  return { batches, handle, handled: () => batches.flat() };
}

const rejected = { reason: "TOO_LONG", detail: "The field Text__c is too short." };

describe("batches", () => {
  test("take what waits in all partitions, in order, and go on after a restart", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", [...entries(0, 3), ...entries(1, 2)]);
    const { batches, handle, handled } = recordingHandle();
    const first = start(scratch.journal, clock, { handle, inFlight: 1, lingerMs: () => 5 });
    clock.advance(await clock.untilSleeping(5));
    await until(() => handled().length === 5);
    await first.stop();
    expect(batches).toEqual([["p0-1", "p0-2", "p0-3", "p1-1", "p1-2"]]);

    const journal = await scratch.reopen();
    await journal.append("posts", entries(1, 1, 3));
    const second = start(journal, clock, { handle });
    await until(() => handled().length === 6);
    await second.stop();
    expect(batches.at(-1)).toEqual(["p1-3"]);
    const positions = await readDocuments(journal, "position/posts/");
    expect(positions.map(({ epoch }) => epoch)).toEqual([2, 2, 2, 2]);
  });

  test("hold at most so many entries, and keep a partition in one batch at a time", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append(
      "posts",
      [0, 1, 2, 3].flatMap((partition) => entries(partition, 50)),
    );
    const underWay = new Set<number>();
    const seen = new Map<number, string[]>();
    let widest = 0;
    let batchesUnderWay = 0;
    let mostUnderWay = 0;
    const handle: Handle = async (batch) => {
      const partitions = new Set(batch.map(({ partition }) => partition));
      for (const partition of partitions) {
        expect(underWay.has(partition)).toBe(false);
        underWay.add(partition);
      }
      mostUnderWay = Math.max(mostUnderWay, ++batchesUnderWay);
      widest = Math.max(widest, batch.length);
      await new Promise(setImmediate);
      for (const { partition, key } of batch) seen.set(partition, [...(seen.get(partition) ?? []), key]);
      for (const partition of partitions) underWay.delete(partition);
      batchesUnderWay -= 1;
      return batch.map(() => undefined);
    };
    const consumer = start(scratch.journal, clock, { handle, batch: 20, inFlight: 3 });
    await until(() => [...seen.values()].flat().length === 200);
    await consumer.stop();
    expect(widest).toBe(20);
    expect(mostUnderWay).toBe(3);
    for (const partition of [0, 1, 2, 3]) {
      expect(seen.get(partition)).toEqual(entries(partition, 50).map(({ key }) => key));
    }
  });

  test("linger for company, unless they are full", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    const { batches, handle } = recordingHandle();
    const consumer = start(journal, clock, { handle, batch: 3, lingerMs: () => 60_000 });
    await journal.append("posts", entries(0, 1));
    await clock.untilSleeping(60_000);
    clock.advance(30_000);
    await journal.append("posts", entries(1, 1));
    clock.advance(29_999);
    await new Promise(setImmediate);
    expect(batches).toEqual([]);
    clock.advance(1);
    await until(() => batches.length === 1);
    expect(batches).toEqual([["p0-1", "p1-1"]]);

    await journal.append("posts", entries(2, 4));
    await until(() => batches.length === 2);
    expect(batches[1]).toEqual(["p2-1", "p2-2", "p2-3"]);
    await consumer.stop();
  });

  test("leave out what was erased", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", entries(0, 3));
    await journal.erase("p0-2");
    const { handle, handled } = recordingHandle();
    const consumer = start(journal, clock, { handle, partitions: [0] });
    await until(() => handled().length === 2);
    await consumer.stop();
    expect(handled()).toEqual(["p0-1", "p0-3"]);
    expect(await readDocuments(journal, "parked/")).toEqual([]);
  });
});

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
    let settled = 0;
    const consumer = start(journal, clock, { handle, onStats: () => (settled += 1) });
    const triesAfter = async (minutes: number): Promise<number> => {
      await until(() => settled > batches.length);
      expect(await clock.untilSleeping()).toBe(600_000);
      clock.advance(minutes * 60_000);
      await until(() => settled > batches.length);
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      return batches.length;
    };
    await until(() => batches.length === 1);
    expect(await triesAfter(10)).toBe(2);
    expect(await triesAfter(10)).toBe(2);
    expect(await triesAfter(10)).toBe(3);
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

  test.each([3, 200])("more than twenty in a row for one reason stop the consumer (batches of %i)", async (batch) => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", entries(0, 30));
    const { handle } = recordingHandle(() => rejected);
    const { running } = start(journal, clock, { handle, partitions: [0], batch });
    await expect(running).rejects.toThrow(Misconfigured);
    await expect(running).rejects.toThrow(/"TOO_LONG": The field Text__c is too short/);

    // With the cause mended every entry goes through: those that were parked, and those that were not passed.
    const parked = await readDocuments(journal, "parked/");
    expect(parked.length).toBeLessThanOrEqual(20);
    const mended = recordingHandle();
    const again = start(journal, clock, { handle: mended.handle, partitions: [0], batch });
    await until(() => new Set(mended.handled()).size === 30);
    await again.stop();
    expect(mended.handled()).toHaveLength(30);
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
    expect(parked[0]?.["detail"]).toMatch(/^TypeError at .*consume\.test\.ts:\d+:\d+$/);
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
    const { running } = start(scratch.journal, clock, { handle: () => Promise.reject(new RangeError(SECRET)) });
    await expect(running).rejects.toThrow(/rejected for "bug": RangeError at/);
    expect(await readDocuments(scratch.journal, "parked/")).toHaveLength(20);
  });
});

describe("the end", () => {
  test("waits for what is under way, which hears of it and is settled if it succeeds", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", [...entries(0, 1), ...entries(1, 1)]);
    let started = 0;
    const handle: Handle = (batch, signal) => {
      started += 1;
      return new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => {
          if (batch[0]?.partition === 0) resolve([undefined]);
          else reject(new Unavailable("The call was cut off."));
        });
      });
    };
    const consumer = start(journal, clock, { handle, batch: 1 });
    await until(() => started === 2);
    await consumer.stop();

    const again = recordingHandle();
    const next = start(await scratch.reopen(), clock, again);
    await until(() => again.handled().length > 0);
    await next.stop();
    expect(again.handled()).toEqual(["p1-1"]);
  });

  test("comes with an error when another connector has taken over", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    const first = start(journal, clock, { handle: (batch) => Promise.resolve(batch.map(() => undefined)) });
    const second = recordingHandle();
    await untilRevision(journal, "position/posts/0", 1);
    const other = start(journal, clock, second);
    await untilRevision(journal, "position/posts/0", 2);
    await journal.append("posts", entries(0, 1));
    await expect(first.running).rejects.toThrow(/Another connector has taken over "position\/posts\/0"/);
    await until(() => second.handled().length === 1);
    await other.stop();
  });

  test("comes at once where only the operator can help", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", entries(0, 5));
    const { running } = start(scratch.journal, clock, {
      handle: () => Promise.reject(new Misconfigured("The permission set is missing.")),
    });
    await expect(running).rejects.toThrow("The permission set is missing.");
    expect(await readDocuments(scratch.journal, "parked/")).toEqual([]);
    expect(await readDocuments(scratch.journal, "position/posts/0")).toMatchObject([{ seq: 0 }]);
  });
});

async function untilRevision(journal: Journal, key: string, revision: number): Promise<void> {
  while ((await journal.get(key))?.revision !== revision) await new Promise(setImmediate);
}
