import { Crash, crashingJournal } from "../test/fakes/crashing-journal.ts";
import { manualClock } from "../test/fakes/manual-clock.ts";
import type { ManualClock } from "../test/fakes/manual-clock.ts";
import { COMPANY, toTestPost } from "../test/fakes/posts.ts";
import { openScratchJournal } from "../test/fakes/scratch-journal.ts";
import type { ScratchJournal } from "../test/fakes/scratch-journal.ts";
import { until } from "../test/fakes/until.ts";
import { Unavailable } from "./errors.ts";
import type { Journal } from "./journal/journal.ts";
import { toDeletedEvent, toPostEvent } from "./model/post.ts";
import type { PostEvent } from "./model/post.ts";
import { openRechecker } from "./rechecker.ts";
import type { Rechecker } from "./rechecker.ts";
import type { Held, Source } from "./sources/source.ts";
import { markGone } from "./tombstones.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let clock: ManualClock;
let scratch: ScratchJournal;
beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
});
afterEach(() => scratch[Symbol.asyncDispose]());

const toEntry = (event: PostEvent) => ({ key: event.key, partition: 0, value: JSON.stringify(event) });

/** Makes posts of the company's account stand in the journal. */
async function hear(ids: readonly string[], change: Parameters<typeof toTestPost>[2] = {}): Promise<void> {
  const events = ids.map((id) => toPostEvent(toTestPost(id, "anna", change)));
  await scratch.journal.append("posts", events.map(toEntry));
}

/** A network that remembers what it was asked about, and answers with what the test puts there. */
function network(answers: ReadonlyMap<string, PostEvent> = new Map()) {
  const asked: Held[] = [];
  const troubles: Error[] = [];
  const source: Pick<Source, "account" | "recheck"> = {
    account: { key: COMPANY, network: "test", handle: "nordwind", mode: "engage", textLimit: 500, urlLength: 23 },
    async *recheck(posts) {
      await Promise.resolve();
      const trouble = troubles.shift();
      if (trouble !== undefined) throw trouble;
      asked.push(...posts);
      yield posts.map(({ key }) => answers.get(key)).filter((event) => event !== undefined);
    },
  };
  const ids = (): readonly string[] => asked.map(({ key }) => key.slice(key.lastIndexOf("/") + 1));
  return { source: source as Source, asked, ids, troubles };
}

interface Run {
  readonly rechecker: Rechecker;
  readonly waits: string[];
  readonly bugs: unknown[];
  stop(): Promise<void>;
}

function start(source: Source, journal: Journal = scratch.journal): Run {
  const stop = new AbortController();
  const waits: string[] = [];
  const bugs: unknown[] = [];
  const rechecker = openRechecker({
    journal,
    clock,
    toEntry,
    retentionDays: 35,
    onWait: (wait) => waits.push(wait.message),
    onBug: (bug) => bugs.push(bug),
  });
  const running = rechecker.run(source, stop.signal);
  return {
    rechecker,
    waits,
    bugs,
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}

/** Rests between some posts and the next are short; what is left then waits for its day. */
async function untilIdle(): Promise<void> {
  for (let ms = await clock.untilSleeping(); ms < HOUR_MS; ms = await clock.untilSleeping()) {
    clock.advance(ms);
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
  }
}

test("where an edit shows by nothing else the network's name of what we hold goes along", async () => {
  await hear(["1", "2"], { edition: "bafy1" });
  await hear(["2"], { version: 1700, edition: "bafy2" });
  const { source, asked } = network();
  const run = start(source);
  await untilIdle();
  await run.stop();
  expect(asked).toEqual([
    { key: "test:social.example/2", version: 1700, edition: "bafy2" },
    { key: "test:social.example/1", version: 0, edition: "bafy1" },
  ]);
});

test("at the start the posts of the last seven days are read again, and what became of them is heard", async () => {
  await hear(["old"]);
  clock.advance(8 * DAY_MS);
  await hear(["1", "2"]);
  await hear(["2"], { version: 1700 });
  const edited = toPostEvent(toTestPost("1", "anna", { version: 1800, text: "It came" }));
  const deleted = toDeletedEvent("test:social.example/2", clock.now());
  const { source, asked } = network(
    new Map([
      ["test:social.example/1", edited],
      ["test:social.example/2", deleted],
    ]),
  );
  const run = start(source);
  await untilIdle();
  await run.stop();
  expect(asked).toEqual([
    { key: "test:social.example/2", version: 1700 },
    { key: "test:social.example/1", version: 0 },
  ]);
  expect(await scratch.journal.find("posts", edited.key)).toBeDefined();
  expect(await scratch.journal.find("posts", deleted.key)).toBeDefined();
  expect(await scratch.journal.get(`recheck/${COMPANY}`)).toBeUndefined();
});

test("what is gone, emptied or another account's is not asked about", async () => {
  await hear(["1", "2", "3"]);
  await hear(["4"], { account: "test:social.example/accounts/other", text: `"account":"${COMPANY}"` });
  await scratch.journal.erase("test:social.example/1");
  await markGone(scratch.journal, "test:social.example/2", clock.now());
  const { source, ids } = network();
  const run = start(source);
  await untilIdle();
  await run.stop();
  expect(ids()).toEqual(["3"]);
});

test("after a gap it is done again, of many posts the newest two thousand", async () => {
  const { source, ids, asked } = network();
  const run = start(source);
  await untilIdle();
  expect(asked).toEqual([]);
  await hear(Array.from({ length: 2_100 }, (_, n) => `${n}`));
  run.rechecker.due(COMPANY);
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  await untilIdle();
  await run.stop();
  expect(ids()).toHaveLength(2_000);
  expect(ids().slice(0, 2)).toEqual(["2099", "2098"]);
  expect(ids().at(-1)).toBe("100");
});

test("what the network cannot tell now is waited for, and nothing is asked twice for that", async () => {
  await hear(Array.from({ length: 50 }, (_, n) => `${n}`));
  const { source, ids, troubles } = network();
  const run = start(source);
  await until(() => ids().length === 20);
  troubles.push(new Unavailable("Slow down", { retryAfterMs: 60_000 }));
  await untilIdle();
  await run.stop();
  expect(run.waits).toEqual(["Slow down"]);
  expect(ids()).toEqual(Array.from({ length: 50 }, (_, n) => `${49 - n}`));
});

test("an answer that nobody foresaw ends the round, not the connector; it stays due", async () => {
  await hear(["1"]);
  const { source, troubles, ids } = network();
  troubles.push(new TypeError("Not a list"));
  const run = start(source);
  await untilIdle();
  expect(run.bugs).toEqual([new TypeError("Not a list")]);
  expect(await scratch.journal.get(`recheck/${COMPANY}`)).toBeDefined();
  run.rechecker.due(COMPANY);
  await until(() => ids().length === 1);
  await untilIdle();
  await run.stop();
  expect(await scratch.journal.get(`recheck/${COMPANY}`)).toBeUndefined();
});

test("each night some of all that the journal holds, the longest unread first, round and round", async () => {
  const { source, ids, asked } = network();
  const run = start(source);
  await untilIdle();
  for (const part of [0, 1, 2]) {
    await hear(Array.from({ length: 3_000 }, (_, n) => `${part * 3_000 + n}`));
    clock.advance(1);
  }
  const night = async (): Promise<readonly string[]> => {
    asked.length = 0;
    for (let hour = 0; hour < 24; hour++) {
      clock.advance(HOUR_MS);
      for (let turn = 0; turn < 30; turn++) await new Promise(setImmediate);
      await untilIdle();
    }
    return ids().toSorted((a, b) => Number(a) - Number(b));
  };
  const first = await night();
  const second = await night();
  const third = await night();
  const fourth = await night();
  await run.stop();
  expect([first, second, third, fourth].map((ids) => ids[0])).toEqual(["0", "3000", "6000", "0"]);
  expect(first).toHaveLength(5_000);
  expect(new Set([...first, ...second, ...third]).size).toBe(9_000);
}, 60_000);

test("a source that cannot read again is left alone", async () => {
  const { account } = network().source;
  const run = start({ account } as Source);
  await run.stop();
  expect(await scratch.journal.get(`recheck/${COMPANY}`)).toBeUndefined();
});

test.each(["before", "after"] as const)("a crash %s any write leads to doing it again", async (when) => {
  const deleted = toDeletedEvent("test:social.example/1", clock.now());
  for (let write = 1, hasCrashed = true; hasCrashed; write += 1) {
    await using place = await openScratchJournal(clock);
    await place.journal.append("posts", [toEntry(toPostEvent(toTestPost("1", "anna")))]);
    const { source } = network(new Map([[deleted.post, deleted]]));
    const dying = start(source, crashingJournal(place.journal, { write, when }));
    await untilIdle();
    await dying.stop();
    hasCrashed = dying.bugs.some((bug) => bug instanceof Crash);
    const again = start(source, await place.reopen());
    await untilIdle();
    await again.stop();
    expect(await place.journal.find("posts", deleted.key)).toBeDefined();
    expect(await place.journal.get(`recheck/${COMPANY}`)).toBeUndefined();
  }
});
