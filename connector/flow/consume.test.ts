import { entries, readDocuments, recordingHandle, start } from "../../test/fakes/consumer.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { Misconfigured, Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { Handle } from "./consume.ts";

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
