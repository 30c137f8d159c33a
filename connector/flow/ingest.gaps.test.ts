import { Crash, crashingJournal } from "../../test/fakes/crashing-journal.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import type { ManualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { DiskTrouble, Disconnected, Stopped, Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import { isOpen } from "../model/coverage.ts";
import type { Gap } from "../model/coverage.ts";
import type { Feed, Page } from "./feed.ts";
import { ingest } from "./ingest.ts";
import { markSchema } from "./mark.ts";
import type { Mark } from "./mark.ts";

const MINUTE_MS = 60_000;
const START = "2026-03-02T09:00:00.000Z";

type Step = Error | Partial<Page<number>>;

/** What each opening of the feed does: pages, then a failure; after the last page of the last opening it waits. */
function scripted(openings: readonly (readonly Step[])[]): Scripted {
  let opened = 0;
  let isAtEnd = false;
  const feed: Feed<number> = async function* (_, signal) {
    for (const step of openings[opened++] ?? []) {
      if (step instanceof Error) throw step;
      yield { items: [], cursor: "c", ...step };
    }
    if (opened < openings.length) return;
    isAtEnd = true;
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  };
  return Object.assign(feed, { opened: () => opened, isAtEnd: () => isAtEnd });
}

interface Scripted extends Feed<number> {
  opened(): number;
  /** All it has to say is durable, and it waits. */
  isAtEnd(): boolean;
}

function options(journal: Journal, clock: ManualClock, feed: Feed<number>) {
  const toEntry = (item: number) => ({ key: `n${item}`, partition: 0, value: String(item) });
  return { journal, clock, log: "posts" as const, name: "a:b/c", feed, toEntry };
}

async function readMark(journal: Journal): Promise<Mark> {
  const doc = await journal.get("cursor/a:b/c");
  return markSchema.parse(JSON.parse(doc?.value ?? "{}"));
}

async function readGaps(journal: Journal): Promise<readonly Gap[]> {
  return (await readMark(journal)).gaps;
}

/** Runs the feed until it has been opened so often and waits at its end. */
async function run(journal: Journal, clock: ManualClock, feed: Scripted, openings: number) {
  const stop = new AbortController();
  const running = ingest(options(journal, clock, feed), stop.signal);
  for (let n = 1; n < openings; n++) {
    await until(() => feed.opened() >= n);
    clock.advance(Math.max(MINUTE_MS, await clock.untilSleeping()));
  }
  await until(() => feed.isAtEnd());
  stop.abort();
  await running;
}

test.each<readonly [string, Unavailable]>([
  ["token refused", new Disconnected("The token is refused.", { remedy: "Make a new one." })],
  ["rate limit", new Unavailable("Slow down", { retryAfterMs: 1000 })],
  ["unreachable", new Stopped("Refused", { retryAfterMs: 1000 })],
  ["unreachable", new Unavailable("No answer")],
  ["disk nearly full", new DiskTrouble("No room")],
])("a failing feed opens a gap, durably, before anything else happens: %s", async (cause, failure) => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const feed = scripted([[{ heardUntil: START }, failure], []]);
  const stop = new AbortController();
  const running = ingest(options(scratch.journal, clock, feed), stop.signal);
  await clock.untilSleeping();
  expect(await readGaps(scratch.journal)).toMatchObject([{ from: START, cause, detail: failure.message }]);
  stop.abort();
  await running;
});

test("a feed that just ends has dropped its stream", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const feed = scripted([[{ heardUntil: START }], [{}]]);
  await run(scratch.journal, clock, feed, 2);
  expect(await readGaps(scratch.journal)).toMatchObject([{ cause: "stream dropped" }]);
});

test("a gap closes when all since then has been asked for, and counts what came", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const down = new Unavailable("No answer");
  const before = "2026-03-02T09:01:00.000Z";
  const feed = scripted([
    [{ items: [1], heardUntil: START }, down],
    [down],
    // What is heard on the way is not yet all; what was asked for before the feed worked again is not either.
    [{ items: [2, 3] }, { items: [4], heardUntil: before }, { items: [], heardUntil: "2026-03-02T09:02:00.000Z" }],
  ]);
  const opened: (readonly Gap[])[] = [];
  const stop = new AbortController();
  const running = ingest(
    {
      ...options(scratch.journal, clock, feed),
      onMark: ({ gaps }) => opened.push(gaps.filter(isOpen)),
    },
    stop.signal,
  );
  for (const n of [1, 2]) {
    await until(() => feed.opened() === n);
    await clock.untilSleeping();
    clock.advance(MINUTE_MS);
  }
  await until(() => opened.at(-1)?.length === 0);
  stop.abort();
  await running;
  const again = "2026-03-02T09:02:00.000Z";
  expect(await readGaps(scratch.journal)).toMatchObject([
    { from: START, to: again, cause: "unreachable", openedAt: START, closedAt: again, brought: 3 },
  ]);
});

test("a page may say that hearing is not live, and another one that it is", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const interrupted = { cause: "stream dropped", detail: "The stream fell" } as const;
  const feed = scripted([[{ heardUntil: START }, { interrupted }, { heardUntil: "2026-03-02T08:59:59.000Z" }]]);
  await run(scratch.journal, clock, feed, 1);
  expect(await readGaps(scratch.journal)).toMatchObject([{ cause: "stream dropped", from: START, to: START }]);
  expect((await readGaps(scratch.journal))[0]?.closedAt).toBeUndefined();

  const later = scripted([[{ heardUntil: "2026-03-02T09:00:10.000Z" }]]);
  await run(await scratch.reopen(), clock, later, 1);
  expect((await readGaps(scratch.journal))[0]).toMatchObject({ closedAt: START });
});

test("what the network no longer gives stays open until somebody says that it was brought", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const lost = { from: "2026-03-01T00:00:00.000Z", to: "2026-03-02T00:00:00.000Z", detail: "Too long ago" };
  await run(scratch.journal, clock, scripted([[{ heardUntil: START, lost }, { heardUntil: START }]]), 1);
  expect(await readGaps(scratch.journal)).toMatchObject([{ from: lost.from, to: lost.to, cause: "not given" }]);

  const filled = { from: lost.from, to: lost.to };
  await scratch.journal.put("filled/a:b/c/1", JSON.stringify(filled), 0);
  await run(scratch.journal, clock, scripted([[{ heardUntil: START }]]), 1);
  expect(await readGaps(scratch.journal)).toMatchObject([{ closedAt: START }]);
  expect(await scratch.journal.get("filled/a:b/c/1")).toBeUndefined();
});

describe("at the start", () => {
  async function restartAfter(ms: number, first: readonly Step[] = [{ heardUntil: START }]): Promise<readonly Gap[]> {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await run(scratch.journal, clock, scripted([first]), 1);
    clock.advance(ms);
    const down = scripted([[new Unavailable("No answer")], []]);
    const stop = new AbortController();
    const marks: Mark[] = [];
    const journal = await scratch.reopen();
    const running = ingest({ ...options(journal, clock, down), onMark: (mark) => marks.push(mark) }, stop.signal);
    await until(() => marks.length > 0);
    stop.abort();
    await running;
    return marks[0]?.gaps ?? [];
  }

  test("what was said while the connector stood still is a gap", async () => {
    expect(await restartAfter(MINUTE_MS + 1)).toMatchObject([{ from: START, cause: "connector stopped" }]);
  });

  test("less than a minute is none", async () => {
    expect(await restartAfter(MINUTE_MS)).toEqual([]);
  });

  test("a gap that was open goes on as it was", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const refused = new Disconnected("The token is refused.", { remedy: "Make a new one." });
    await run(scratch.journal, clock, scripted([[{ heardUntil: START }, refused], [{}]]), 2);
    clock.advance(10 * MINUTE_MS);
    const again = scripted([[]]);
    await run(await scratch.reopen(), clock, again, 1);
    const [gap, ...others] = await readGaps(scratch.journal);
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ from: START, cause: "token refused", detail: "The token is refused." });
    expect(gap?.to).toBeUndefined();
  });
});

test("while the disk takes nothing the gap is kept in mind, and written as soon as it can be", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  let isFull = false;
  const journal: Journal = {
    ...scratch.journal,
    append: (log, items) => (isFull ? Promise.reject(new DiskTrouble("Full")) : scratch.journal.append(log, items)),
    put: (key, value, revision) =>
      isFull ? Promise.reject(new DiskTrouble("Full")) : scratch.journal.put(key, value, revision),
  };
  const feed: Feed<number> = async function* (_, signal) {
    yield { items: [], cursor: "a", heardUntil: START };
    isFull = clock.now() === START;
    yield { items: [1], cursor: "b", heardUntil: clock.now() };
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  };
  const stop = new AbortController();
  const marks: Mark[] = [];
  const running = ingest({ ...options(journal, clock, feed), onMark: (mark) => marks.push(mark) }, stop.signal);
  await clock.untilSleeping();
  expect(await readGaps(scratch.journal)).toEqual([]);
  expect(marks.at(-1)?.gaps).toMatchObject([{ cause: "disk nearly full" }]);
  isFull = false;
  clock.advance(MINUTE_MS);
  await until(() => marks.at(-1)?.cursor === "b");
  stop.abort();
  await running;
  expect(await readGaps(scratch.journal)).toMatchObject([{ cause: "disk nearly full", from: START }]);
});

test("a crash at any write loses no gap, and at the end all is heard and closed", async () => {
  const down = new Unavailable("No answer");
  let crashes = 0;
  for (const when of ["before", "after"] as const) {
    for (let write = 1, hasCrashed = true; hasCrashed; write += 1) {
      const clock = manualClock();
      await using scratch = await openScratchJournal(clock);
      await run(scratch.journal, clock, scripted([[{ heardUntil: START }]]), 1);

      // It fails, works again, brings something, and has heard all; somewhere on the way the process dies.
      const feed = scripted([[down], [{ items: [1, 2] }, { items: [3], heardUntil: "2026-03-02T09:02:00.000Z" }]]);
      const dying = crashingJournal(scratch.journal, { write, when });
      const stop = new AbortController();
      let ended: unknown;
      const running = ingest(options(dying, clock, feed), stop.signal).then(
        () => (ended = "stopped"),
        (error: unknown) => (ended = error),
      );
      await Promise.race([running, clock.untilSleeping()]);
      clock.advance(2 * MINUTE_MS);
      await until(() => feed.isAtEnd() || ended !== undefined);
      stop.abort();
      await running;
      hasCrashed = ended instanceof Crash;
      if (hasCrashed) crashes += 1;

      // Whenever it died: the stretch from nine on is not taken for heard before it is.
      const mark = await readMark(scratch.journal);
      const isKnown = mark.heardUntil === START || mark.gaps.some((gap) => gap.from === START);
      expect(isKnown).toBe(true);

      await run(await scratch.reopen(), clock, scripted([[{ items: [1, 2, 3], heardUntil: clock.now() }]]), 1);
      const gaps = await readGaps(scratch.journal);
      expect(gaps).toMatchObject([{ from: START }]);
      expect(gaps.filter(isOpen)).toEqual([]);
    }
  }
  // The gap, two appends and two moves of the cursor, before and after each.
  expect(crashes).toBe(10);
});
