import { Crash, crashingJournal } from "../../test/fakes/crashing-journal.ts";
import { readAll } from "../../test/contracts/journal/reading.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { Misconfigured, Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { Feed, Page } from "./feed.ts";
import { ingest } from "./ingest.ts";

const clock = manualClock();

/** Numbers in pages of two, from after the cursor up to `last`; then `atEnd`. */
function numbers(last: number, atEnd: (signal: AbortSignal) => Promise<void>): Feed<number> {
  return async function* (cursor, signal) {
    for (let first = Number(cursor ?? 0) + 1; first <= last; first += 2) {
      yield { items: [first, first + 1], cursor: String(first + 1) };
    }
    await atEnd(signal);
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
}

/** A feed's end that stops whoever hears it. */
function aborting(stop: AbortController): () => Promise<void> {
  return () => {
    stop.abort();
    return Promise.resolve();
  };
}

function options(journal: Journal, feed: Feed<number>) {
  const toEntry = (item: number) => ({ key: `n${item}`, partition: item % 4, value: String(item) });
  return { journal, clock, log: "posts" as const, name: "numbers", feed, toEntry };
}

async function readKeys(journal: Journal): Promise<readonly string[]> {
  const partitions = await Promise.all([0, 1, 2, 3].map((partition) => readAll(journal, "posts", partition)));
  return partitions
    .flat()
    .sort((a, b) => a.seq - b.seq)
    .map(({ key }) => key);
}

async function readMark(journal: Journal): Promise<unknown> {
  const doc = await journal.get("cursor/numbers");
  return doc && JSON.parse(doc.value);
}

test("asks for a page only when the one before is durable, and goes on where it stopped", async () => {
  await using scratch = await openScratchJournal(clock);
  const durable: unknown[] = [];
  const stop = new AbortController();
  const feed: Feed<number> = async function* (cursor, signal) {
    for await (const page of numbers(6, untilAborted)(cursor, signal)) {
      durable.push(((await readMark(scratch.journal)) as { cursor?: string } | undefined)?.cursor);
      yield page;
    }
  };
  const pages: Page<number>[] = [];
  const onPage = (page: Page<number>): void => {
    pages.push(page);
    if (pages.length === 3) stop.abort();
  };
  await ingest({ ...options(scratch.journal, feed), onPage }, stop.signal);
  expect(durable).toEqual([undefined, "2", "4"]);
  expect(await readKeys(await scratch.reopen())).toEqual(["n1", "n2", "n3", "n4", "n5", "n6"]);
  expect(await readMark(scratch.journal)).toEqual({ cursor: "6", gaps: [] });
});

test("waits for a feed that is unavailable or ends, and opens it anew from the durable cursor", async () => {
  await using scratch = await openScratchJournal(clock);
  const stop = new AbortController();
  const cursors: (string | undefined)[] = [];
  const causes: string[] = [];
  const feed: Feed<number> = (cursor, signal) => {
    cursors.push(cursor);
    if (cursors.length === 1) return numbers(2, () => Promise.reject(new Unavailable("Busy")))(cursor, signal);
    if (cursors.length === 2) return numbers(4, () => Promise.resolve())(cursor, signal);
    return numbers(6, untilAborted)(cursor, signal);
  };
  const running = ingest(
    { ...options(scratch.journal, feed), onWait: (cause) => causes.push(cause.message) },
    stop.signal,
  );
  for (const opened of [1, 2]) {
    clock.advance(await clock.untilSleeping());
    await until(() => cursors.length > opened);
  }
  await until(() => cursors.length === 3);
  stop.abort();
  await running;
  expect(cursors).toEqual([undefined, "2", "4"]);
  expect(causes).toEqual(["Busy", "The feed numbers ended."]);
});

test("keeps until when was heard, with the cursor, and writes nothing where nothing is new", async () => {
  await using scratch = await openScratchJournal(clock);
  const stop = new AbortController();
  const feed: Feed<number> = async function* (_, signal) {
    yield { items: [], cursor: "a", heardUntil: "2026-03-01T01:00:00.000Z" };
    yield { items: [], cursor: "b" };
    yield { items: [], cursor: "c" };
    yield { items: [], cursor: "c" };
    stop.abort();
    await untilAborted(signal);
  };
  await ingest(options(scratch.journal, feed), stop.signal);
  const heardUntil = "2026-03-01T01:00:00.000Z";
  expect(await readMark(scratch.journal)).toEqual({ cursor: "c", since: heardUntil, heardUntil, gaps: [] });
  expect((await scratch.journal.get("cursor/numbers"))?.revision).toBe(3);
});

test("stops when another connector has moved the cursor", async () => {
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  const feed: Feed<number> = async function* () {
    yield { items: [1], cursor: "1" };
    await journal.put("cursor/numbers", JSON.stringify({ cursor: "7", gaps: [] }), 1);
    yield { items: [2], cursor: "2" };
  };
  await expect(ingest(options(journal, feed), new AbortController().signal)).rejects.toThrow(/taken over/);
  expect(await readMark(journal)).toEqual({ cursor: "7", gaps: [] });
});

test.each([new Misconfigured("The token was withdrawn."), new TypeError("A bug")])("throws on: %s", async (error) => {
  await using scratch = await openScratchJournal(clock);
  const feed = numbers(2, () => Promise.reject(error));
  await expect(ingest(options(scratch.journal, feed), new AbortController().signal)).rejects.toBe(error);
});

test("has every item exactly once, wherever it crashes", async () => {
  let crashes = 0;
  for (const when of ["before", "after"] as const) {
    for (let write = 1, hasCrashed = true; hasCrashed; write += 1) {
      await using scratch = await openScratchJournal(clock);
      const dying = crashingJournal(scratch.journal, { write, when });
      const stop = new AbortController();
      const feed = numbers(6, aborting(stop));
      const error = await ingest(options(dying, feed), stop.signal).catch((error: unknown) => error);
      hasCrashed = error instanceof Crash;
      if (hasCrashed) crashes += 1;

      const again = new AbortController();
      const rest = numbers(6, aborting(again));
      await ingest(options(await scratch.reopen(), rest), again.signal);
      expect(await readKeys(scratch.journal)).toEqual(["n1", "n2", "n3", "n4", "n5", "n6"]);
      expect(await readMark(scratch.journal)).toEqual({ cursor: "6", gaps: [] });
    }
  }
  // Three appends and three moves of the cursor, before and after each.
  expect(crashes).toBe(12);
});
