import { entries, keysOf, readDocuments, rejected, start } from "../../test/fakes/consumer.ts";
import { crashingJournal } from "../../test/fakes/crashing-journal.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { Unavailable } from "../errors.ts";
import type { Handle } from "./consume.ts";

/** Begins, and remembers which entries may have been tried before. */
function toCall(outcome: (call: number) => ReturnType<Handle>) {
  const calls: { readonly keys: readonly string[]; readonly repeated: readonly string[] }[] = [];
  const begun: string[] = [];
  const handle: Handle = async (batch, _signal, attempt) => {
    calls.push({ keys: keysOf(batch), repeated: keysOf(batch.filter((entry) => attempt.isRepeated(entry))) });
    await attempt.begin();
    begun.push(...keysOf(batch));
    return await outcome(calls.length);
  };
  return { calls, begun, handle };
}

describe("what may have been tried before", () => {
  test("is known when the call was given up", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", entries(0, 2));
    const { calls, handle } = toCall((call) =>
      call === 1
        ? Promise.reject(new Unavailable("Given up", { retryAfterMs: 1000 }))
        : Promise.resolve([undefined, undefined]),
    );
    const waits: unknown[] = [];
    const consumer = start(scratch.journal, clock, { handle, onWait: (wait) => waits.push(wait) });
    await until(() => waits.length === 1);
    clock.advance(2000);
    await until(() => calls.length === 2);
    await consumer.stop();
    expect(calls.map(({ repeated }) => repeated)).toEqual([[], ["p0-1", "p0-2"]]);
  });

  test("is not what waited for the other side before anything began", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", entries(0, 1));
    const repeated: boolean[] = [];
    const handle: Handle = (batch, _signal, attempt) => {
      repeated.push(...batch.map((entry) => attempt.isRepeated(entry)));
      if (repeated.length === 1) return Promise.reject(new Unavailable("Away", { retryAfterMs: 1000 }));
      return Promise.resolve([undefined]);
    };
    const waits: unknown[] = [];
    const consumer = start(scratch.journal, clock, { handle, onWait: (wait) => waits.push(wait) });
    await until(() => waits.length === 1);
    clock.advance(2000);
    await until(() => repeated.length === 2);
    await consumer.stop();
    expect(repeated).toEqual([false, false]);
  });

  test.each(["before", "after"] as const)("is known after a crash %s any write, and only that", async (when) => {
    for (let write = 1, isOver = false; !isOver; write += 1) {
      const clock = manualClock();
      await using scratch = await openScratchJournal(clock);
      await scratch.journal.append("posts", [...entries(0, 3), ...entries(1, 2)]);
      const answer: Handle = (batch) => Promise.resolve(batch.map(() => undefined));
      const first = { begun: [] as string[], finished: 0 };
      const dying = start(crashingJournal(scratch.journal, { write, when }), clock, {
        batch: 2,
        partitions: [0, 1],
        handle: async (batch, signal, attempt) => {
          await attempt.begin();
          first.begun.push(...keysOf(batch));
          return await answer(batch, signal, attempt);
        },
        onBatch: (batch) => (first.finished += batch.length),
      });
      let died = false;
      dying.running.catch(() => (died = true));
      await until(() => died || first.finished === 5);
      isOver = !died;
      await dying.stop().catch(() => undefined);

      const seen = new Map<string, boolean>();
      let atEnd = 0;
      const next = start(await scratch.reopen(), clock, {
        partitions: [0, 1],
        handle: (batch, signal, attempt) => {
          for (const entry of batch) seen.set(entry.key, attempt.isRepeated(entry));
          return answer(batch, signal, attempt);
        },
        onStats: ({ lag }) => (atEnd = lag),
      });
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      await until(() => atEnd === 0);
      await next.stop();
      // Whoever comes again after it began counts as repeated. What never began does not, but for the one write that says so.
      for (const key of first.begun) expect(seen.get(key) ?? true).toBe(true);
      const claimed = [...seen].filter(([key, isRepeated]) => isRepeated && !first.begun.includes(key));
      expect(claimed.length).toBeLessThanOrEqual(when === "after" ? 4 : 2);
    }
  });

  test("is remembered of what is parked: after a try that was cut off, and when a second try refused it", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", entries(0, 1));
    const refusing = toCall(() => Promise.resolve([rejected]));
    const parked: number[] = [];
    const first = start(journal, clock, { handle: refusing.handle, onStats: (stats) => parked.push(stats.parked) });
    await until(() => parked.at(-1) === 1);
    await first.stop();
    expect(await readDocuments(journal, "parked/")).toEqual([expect.not.objectContaining({ inDoubt: true })]);

    const again = toCall((call) =>
      call === 1 ? Promise.reject(new Unavailable("Given up", { retryAfterMs: 1000 })) : Promise.resolve([rejected]),
    );
    const waits: unknown[] = [];
    const second = start(await scratch.reopen(), clock, { handle: again.handle, onWait: (wait) => waits.push(wait) });
    await until(() => waits.length === 1);
    expect(await readDocuments(scratch.journal, "parked/")).toMatchObject([{ inDoubt: true, tries: 1 }]);
    clock.advance(2000);
    await until(() => again.calls.length === 2);
    await second.stop();
    expect(again.calls.map(({ repeated }) => repeated)).toEqual([[], ["p0-1"]]);
    expect(await readDocuments(scratch.journal, "parked/")).toMatchObject([{ inDoubt: true, tries: 2 }]);
  });
});
