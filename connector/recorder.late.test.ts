import { crashingJournal } from "../test/fakes/crashing-journal.ts";
import { manualClock } from "../test/fakes/manual-clock.ts";
import { toTestPost } from "../test/fakes/posts.ts";
import { openScratchJournal } from "../test/fakes/scratch-journal.ts";
import type { Crm } from "./crm/crm.ts";
import { Unavailable } from "./errors.ts";
import { consume } from "./flow/consume.ts";
import { readReach } from "./flow/consuming/position.ts";
import type { Journal } from "./journal/journal.ts";
import type { Draft } from "./model/draft.ts";
import type { Key } from "./model/glossary.ts";
import { PARTITIONS, isUrgentPartition, toPostPartition } from "./model/partition.ts";
import { toDeletedEvent, toPostEvent, type PostEvent } from "./model/post.ts";
import type { Stage } from "./pipeline/stage.ts";
import { openRecorder } from "./recorder.ts";

const WORDS = "my bag is lost";
const GONE_AT = "2026-03-02T08:00:00.000Z";
const post = toTestPost("1", "anna", { text: WORDS });
const other = toTestPost("2", "bruno", { text: "my seat is broken" });
const edited = { ...post, version: 5, text: "my bag is found" };

/**
 * A CRM that guards its rows as the org does: a Case is born once by its key and follows the post that opened it, a post
 * refuses a lower version and any text on its tombstone. The first call of a batch may be given up, and its commit held back
 * until everything else is over. From then on the rules may want some posts no more.
 */
function toLateCrm(isHeld: (call: number) => boolean, isWanted: (post: Key) => boolean = () => true) {
  const posts = new Map<Key, { version: number; text: string; isGone: boolean }>();
  const cases = new Map<Key, { words: string; opener: Key }>();
  const held: (() => void)[] = [];
  let calls = 0;

  function write(drafts: readonly Draft[]): void {
    for (const { post, gone } of drafts) {
      const text = gone === undefined ? post.text : "";
      const caseKey = `case of ${post.author.key}`;
      if (!cases.has(caseKey)) cases.set(caseKey, { words: text, opener: post.key });
      const row = posts.get(post.key);
      if (row !== undefined && (row.version > post.version || (row.isGone && text !== ""))) continue;
      posts.set(post.key, { version: post.version, text, isGone: gone !== undefined });
      for (const [id, one] of cases) if (one.opener === post.key) cases.set(id, { ...one, words: text });
    }
  }

  const crm: Pick<Crm, "record" | "erase"> = {
    record(drafts) {
      calls += 1;
      if (isHeld(calls)) {
        held.push(() => write(drafts));
        return Promise.reject(new Unavailable("No answer within a minute", { retryAfterMs: 20_000 }));
      }
      write(drafts);
      return Promise.resolve({ outcomes: drafts.map(() => undefined) });
    },
    erase(gone) {
      for (const { key } of gone) {
        const row = posts.get(key);
        if (row !== undefined) posts.set(key, { ...row, text: "", isGone: true });
        for (const [id, one] of cases) if (one.opener === key) cases.set(id, { ...one, words: "" });
      }
      return Promise.resolve();
    },
  };
  const remember: Stage = {
    name: "recall",
    apply: (drafts) =>
      Promise.resolve(
        drafts.map((draft) => {
          const row = posts.get(draft.post.key);
          const isOld = draft.gone === undefined && (row?.version ?? 0) > draft.post.version;
          const isAwaited = row !== undefined || draft.gone !== undefined || draft.doubted === true;
          const isUnwanted = calls > 0 && !isAwaited && !isWanted(draft.post.key);
          return isOld || isUnwanted ? { ...draft, ignored: { stage: "triage", reason: "Not now." } } : draft;
        }),
      ),
  };
  return {
    crm,
    stages: [remember],
    posts,
    cases,
    commitHeld: () => {
      for (const commit of held.splice(0)) commit();
    },
    words: () => JSON.stringify([[...posts.values()], [...cases.values()]]),
  };
}

type LateCrm = ReturnType<typeof toLateCrm>;

const clock = manualClock();
const deletion = toDeletedEvent(post.key, GONE_AT);
const partitions = [
  ...new Set(
    [toPostEvent(post), toPostEvent(other), deletion].map((event) => toPostPartition(event, true, PARTITIONS)),
  ),
];

const append = (journal: Journal, events: readonly PostEvent[], urgent = true): Promise<void> =>
  journal.append(
    "posts",
    events.map((event) => ({
      key: event.key,
      partition: toPostPartition(event, urgent, PARTITIONS),
      value: JSON.stringify(event),
    })),
  );

/** Runs a connector's recorder until all is passed and nothing waits, or until its process dies. */
async function run(
  journal: Journal,
  late: LateCrm,
  onWait: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const stop = new AbortController();
  const handle = openRecorder({ ...late, journal, clock, onDecided: () => undefined });
  const running = consume(
    {
      journal,
      clock,
      log: "posts",
      partitions,
      ownerOf: (partition) => partition % PARTITIONS,
      isUrgent: (partition) => isUrgentPartition(partition, PARTITIONS),
      handle,
      onWait: () => void onWait(),
    },
    stop.signal,
  ).catch(() => undefined);
  const process = { isDead: false };
  void running.then(() => (process.isDead = true));
  while (!process.isDead && !(await isOver(journal))) {
    clock.advance(5000);
    await new Promise(setImmediate);
  }
  stop.abort();
  await running;
}

/** Everything is passed, and nothing is parked. */
async function isOver(journal: Journal): Promise<boolean> {
  for await (const page of journal.since("posts", GONE_AT)) {
    for (const { seq, partition } of page) {
      if (seq > (await readReach(journal, "posts", partition)).seq) return false;
    }
  }
  return (await readDocuments(journal, "parked/")).length === 0;
}

async function readTexts(journal: Journal): Promise<string> {
  const entries = await journal.versions("posts", post.key);
  return JSON.stringify(entries.map(({ value }) => value));
}

async function readDocuments(journal: Journal, prefix: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const doc of journal.list(prefix)) found.push(doc.value);
  return found;
}

describe("a call that was given up commits when everything is over", () => {
  test("and finds the tombstones of a post that was deleted meanwhile", async () => {
    await using scratch = await openScratchJournal(clock);
    const late = toLateCrm((call) => call === 1);
    await append(scratch.journal, [toPostEvent(post), toPostEvent(other)]);
    await run(scratch.journal, late, () => append(scratch.journal, [deletion]));
    late.commitHeld();
    expect(late.words()).not.toContain(WORDS);
    expect(late.posts.get(post.key)).toMatchObject({ isGone: true });
    expect(late.posts.get(other.key)).toMatchObject({ text: other.text });
    expect(await readTexts(scratch.journal)).toBe('[""]');
  });

  test("and a post that nobody had tried to record leaves nothing, not even a tombstone", async () => {
    await using scratch = await openScratchJournal(clock);
    const late = toLateCrm(() => false);
    await append(scratch.journal, [toPostEvent(post)]);
    await append(scratch.journal, [deletion]);
    await run(scratch.journal, late);
    expect([...late.posts.keys(), ...late.cases.keys()]).toEqual([]);
    expect(await readTexts(scratch.journal)).toBe('[""]');
  });

  test("and an edit that was recorded meanwhile keeps its words", async () => {
    await using scratch = await openScratchJournal(clock);
    const late = toLateCrm((call) => call === 1);
    await append(scratch.journal, [toPostEvent(post)]);
    await run(scratch.journal, late, () => append(scratch.journal, [toPostEvent(edited)]));
    late.commitHeld();
    expect(late.posts.get(post.key)).toMatchObject({ text: edited.text, version: 5 });
    expect(await readTexts(scratch.journal)).toEqual(JSON.stringify(["", JSON.stringify(toPostEvent(edited))]));
  });

  /** Each case: what is said before the crash, what after the first call was given up, and what is left of the post. */
  const scenes: readonly [string, readonly PostEvent[], readonly PostEvent[], string | undefined][] = [
    ["a delete afterwards", [toPostEvent(post), toPostEvent(other)], [deletion], undefined],
    ["a delete in the same batch", [toPostEvent(post), deletion, toPostEvent(other)], [], undefined],
    ["an edit, then a delete", [toPostEvent(post), toPostEvent(edited), toPostEvent(other)], [deletion], undefined],
    ["a delete, then an edit", [toPostEvent(post), toPostEvent(other)], [deletion, toPostEvent(edited)], undefined],
    ["an edit afterwards", [toPostEvent(post), toPostEvent(other)], [toPostEvent(edited)], edited.text],
  ];

  const variants = (["before", "after"] as const).flatMap((when) => [true, false].map((wanted) => ({ when, wanted })));

  test.each(scenes.flatMap((scene) => variants.map((variant) => [...scene, variant] as const)))(
    "after %s, wherever the process died, and whether or not the post is still wanted",
    async (_name, before, after, left, { when, wanted }) => {
      let deaths = 0;
      // Before that it only takes its positions.
      for (let write = partitions.length + 1; ; write += 1) {
        await using scratch = await openScratchJournal(clock);
        const late = toLateCrm(
          (call) => call === 1,
          (key) => wanted || key !== post.key,
        );
        await append(scratch.journal, before);
        const dying = crashingJournal(scratch.journal, { write, when });
        await run(dying, late, () => append(scratch.journal, after));
        const hasDied = dying.writes() >= write;

        const journal = await scratch.reopen();
        await append(journal, after);
        await run(journal, late);
        late.commitHeld();
        expect(late.words()).not.toContain(WORDS);
        expect(late.posts.get(post.key)?.text ?? "").toBe(left ?? "");
        expect(late.posts.get(other.key)?.text).toBe(other.text);
        expect(await readTexts(journal)).not.toContain(WORDS);
        expect(await readDocuments(journal, "parked/")).toEqual([]);
        if (!hasDied) break;
        deaths += 1;
      }
      expect(deaths).toBeGreaterThan(5);
    },
    60_000,
  );
});
