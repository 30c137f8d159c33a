import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { Taken, Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { Feed, Page } from "./feed.ts";
import { ingest } from "./ingest.ts";

const clock = manualClock();

/** A feed that gives what the test pushes, or fails with it. */
function openFeed() {
  const waiting: (Page<number> | Error)[] = [];
  let wake = (): void => undefined;
  const feed: Feed<number> = async function* (_cursor, signal) {
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next instanceof Error) throw next;
      if (next !== undefined) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const push = (next: Page<number> | Error): void => {
    waiting.push(next);
    wake();
  };
  return { feed, push };
}

function hear(journal: Journal) {
  const { feed, push } = openFeed();
  const toEntry = (item: number) => ({ key: `n${item}`, partition: 0, value: String(item) });
  const waits: unknown[] = [];
  const stop = new AbortController();
  const onWait = (wait: unknown) => waits.push(wait);
  const running = ingest({ journal, clock, log: "posts", name: "a:b/c", feed, toEntry, onWait }, stop.signal);
  running.catch(() => undefined);
  const end = async (): Promise<void> => {
    stop.abort();
    push({ items: [], cursor: "" });
    await running;
  };
  return { running, push, waits, end };
}

const readMark = async (journal: Journal) => (await journal.get("cursor/a:b/c"))?.value;

test.each([
  ["a page", { items: [7], cursor: "7", heardUntil: clock.now() }],
  ["a failure", new Unavailable("No answer")],
])("whose feed another connector hears by now stops at %s, and touches no mark", async (_name, next) => {
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  const stale = hear(journal);
  stale.push({ items: [1], cursor: "1", heardUntil: clock.now() });
  await untilMark(journal, '"cursor":"1"');
  const owner = hear(journal);
  owner.push({ items: [2], cursor: "2", heardUntil: clock.now() });
  await untilMark(journal, '"cursor":"2"');
  const mark = await readMark(journal);
  await journal.put("filled/a:b/c/1", JSON.stringify({ from: "2026-03-02T08:00:00.000Z", to: clock.now() }), 0);
  stale.push(next);
  await expect(stale.running).rejects.toThrow(Taken);
  expect(stale.waits).toEqual([]);
  expect(await readMark(journal)).toBe(mark);
  expect(await journal.get("filled/a:b/c/1")).toBeDefined();
  await owner.end();
});

test("what was brought in another way is noted by the connector that hears the feed, not by one that heard it", async () => {
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  const page = { items: [], cursor: "1", heardUntil: clock.now() };
  const stale = hear(journal);
  stale.push(page);
  await untilMark(journal, '"cursor":"1"');
  const doc = await journal.get("cursor/a:b/c");
  await journal.put("cursor/a:b/c", (doc?.value ?? "").replace('"gaps":[]', `"gaps":[${JSON.stringify(GAP)}]`), 1);
  await journal.put("filled/a:b/c/1", JSON.stringify({ from: GAP.from, to: GAP.to }), 0);
  // The very same page: for the connector that stood still nothing has changed.
  stale.push(page);
  await expect(stale.running).rejects.toThrow(Taken);
  expect(await journal.get("filled/a:b/c/1")).toBeDefined();
});

const GAP = {
  from: "2026-03-02T08:00:00.000Z",
  to: "2026-03-02T08:30:00.000Z",
  cause: "unreachable",
  detail: "",
  openedAt: "2026-03-02T08:30:00.000Z",
  brought: 0,
};

async function untilMark(journal: Journal, part: string): Promise<void> {
  for (;;) {
    if ((await readMark(journal))?.includes(part) === true) return;
    await new Promise(setImmediate);
  }
}
