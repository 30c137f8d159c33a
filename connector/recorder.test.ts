import { manualClock, type ManualClock } from "../test/fakes/manual-clock.ts";
import { toTestPost } from "../test/fakes/posts.ts";
import { openScratchJournal, type ScratchJournal } from "../test/fakes/scratch-journal.ts";
import type { Crm, Recorded } from "./crm/crm.ts";
import { Unavailable } from "./errors.ts";
import type { Attempt, Outcome } from "./flow/consume.ts";
import { findParked, toParkedKey } from "./flow/consuming/parked.ts";
import { takePosition } from "./flow/consuming/position.ts";
import type { Entry } from "./journal/journal.ts";
import type { Draft } from "./model/draft.ts";
import type { Key, Rejection } from "./model/glossary.ts";
import { PARTITIONS, toPostPartition } from "./model/partition.ts";
import { toDeletedEvent, toPostEvent, type Post, type PostEvent } from "./model/post.ts";
import type { Stage } from "./pipeline/stage.ts";
import { openRecorder } from "./recorder.ts";
import { markGone } from "./tombstones.ts";

const never = new AbortController().signal;
const GONE_AT = "2026-03-02T08:00:00.000Z";

let clock: ManualClock;
let scratch: ScratchJournal;
let decided: [Key, string][];

beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
  decided = [];
});
afterEach(() => scratch[Symbol.asyncDispose]());

/** A CRM that holds texts, as far as the recorder can tell. */
interface Kept {
  readonly texts: Map<Key, string>;
  readonly erased: Key[];
  readonly batches: Key[][];
  readonly drafts: Draft[];
  /** What it says to a draft; undefined: recorded. */
  answer: (draft: Draft) => Recorded["outcomes"][number];
  duringRecord: () => Promise<void>;
}

function toKept(): Kept {
  return {
    texts: new Map(),
    erased: [],
    batches: [],
    drafts: [],
    answer: () => undefined,
    duringRecord: () => Promise.resolve(),
  };
}

function toRecorder(kept: Kept, stages: readonly Stage[] = []) {
  const crm: Pick<Crm, "record" | "erase"> = {
    async record(drafts) {
      kept.batches.push(drafts.map(({ post }) => post.key));
      kept.drafts.push(...drafts);
      await kept.duringRecord();
      const outcomes = drafts.map(kept.answer);
      drafts.forEach(({ post }, index) => {
        if (outcomes[index] === undefined) kept.texts.set(post.key, post.text);
      });
      return { outcomes };
    },
    erase(posts) {
      for (const { key } of posts) {
        kept.texts.delete(key);
        kept.erased.push(key);
      }
      return Promise.resolve();
    },
  };
  const record = openRecorder({
    journal: scratch.journal,
    crm,
    stages,
    clock,
    onDecided: ({ post }, outcome) => decided.push([post.key, outcome]),
  });
  return (entries: readonly Entry[], signal: AbortSignal, attempt = firstAttempt): Promise<readonly Outcome[]> =>
    record(entries, signal, attempt);
}

/** Nothing of it was tried before. */
const firstAttempt: Attempt = { isRepeated: () => false, begin: () => Promise.resolve() };
/** A process died, or a call was given up, after the attempt had begun. */
const repeatedAttempt: Attempt = { isRepeated: () => true, begin: () => Promise.resolve() };

/** Puts the events into the log, as a source would, and gives the entries as the consumer would hand them over. */
async function toEntries(events: readonly PostEvent[]): Promise<readonly Entry[]> {
  const items = events.map((event) => ({
    key: event.key,
    partition: toPostPartition(event, true),
    value: JSON.stringify(event),
  }));
  await scratch.journal.append("posts", items);
  const found = await Promise.all(items.map(({ key }) => scratch.journal.find("posts", key)));
  return found.filter((entry) => entry !== undefined);
}

const journaled = async (post: Post): Promise<string | undefined> =>
  (await scratch.journal.find("posts", toPostEvent(post).key))?.value;

const first = toTestPost("1", "anna", { text: "my bag is lost" });
const second = toTestPost("2", "bruno", { text: "my seat is broken" });
const refusal: Rejection = { reason: "STRING_TOO_LONG", detail: "The subject is too long." };

describe("a deletion wins whenever it comes", () => {
  test("before the post", async () => {
    const kept = toKept();
    const record = toRecorder(kept);
    await record(await toEntries([toDeletedEvent(first.key, GONE_AT)]), never);
    await record(await toEntries([toPostEvent(first)]), never);
    expect(kept.batches).toEqual([]);
    expect(decided).toEqual([[first.key, "gone"]]);
    expect(await journaled(first)).toBe("");
  });

  test.each([
    ["after", [toPostEvent(first), toDeletedEvent(first.key, GONE_AT), toPostEvent(second)]],
    ["before", [toDeletedEvent(first.key, GONE_AT), toPostEvent(first), toPostEvent(second)]],
  ])("in the same batch, %s the post", async (_place, events) => {
    const kept = toKept();
    const outcomes = await toRecorder(kept)(await toEntries(events), never);
    expect(outcomes).toEqual([undefined, undefined, undefined]);
    expect([...kept.texts.keys()]).toEqual([second.key]);
    expect(await journaled(first)).toBe("");
    expect(await journaled(second)).toContain("my seat is broken");
  });

  test("while the post is being recorded", async () => {
    const kept = toKept();
    kept.duringRecord = () => markGone(scratch.journal, first.key, GONE_AT);
    await toRecorder(kept)(await toEntries([toPostEvent(first), toPostEvent(second)]), never);
    expect([...kept.texts.keys()]).toEqual([second.key]);
    expect(kept.erased).toEqual([first.key]);
    expect(await journaled(first)).toBe("");
  });

  test("of an edited post: all its versions go", async () => {
    const kept = toKept();
    const record = toRecorder(kept);
    const edited = { ...first, version: 1_772_000_000_000, text: "my bag is found" };
    await record(await toEntries([toPostEvent(first), toPostEvent(edited)]), never);
    await record(await toEntries([toDeletedEvent(first.key, GONE_AT)]), never);
    expect([...kept.texts.keys()]).toEqual([]);
    expect([await journaled(first), await journaled(edited)]).toEqual(["", ""]);
  });

  test("again and again", async () => {
    const kept = toKept();
    const record = toRecorder(kept);
    await record(await toEntries([toPostEvent(first)]), never);
    const entries = await toEntries([toDeletedEvent(first.key, GONE_AT)]);
    await record(entries, never);
    expect(await record(entries, never)).toEqual([undefined]);
    expect(kept.erased).toEqual([first.key, first.key]);
  });

  test("of a post that was heard long ago, and trimmed since", async () => {
    const kept = toKept();
    const record = toRecorder(kept);
    await record(await toEntries([toPostEvent({ ...first, version: 5 })]), never);
    clock.advance(1000);
    await scratch.journal.trim("posts", { values: clock.now(), keys: GONE_AT });
    expect(await scratch.journal.find("posts", `${first.key}#5`)).toBeUndefined();
    await record(await toEntries([toDeletedEvent(first.key, GONE_AT)]), never);
    expect(kept.erased).toEqual([first.key]);
  });

  test("of a post that was never heard asks nothing of the CRM", async () => {
    const kept = toKept();
    await toRecorder(kept)(await toEntries([toDeletedEvent("test:social.example/9", GONE_AT)]), never);
    expect(kept.erased).toEqual([]);
  });
});

describe("a deletion that comes while an attempt is in doubt", () => {
  test("is written as a tombstone where the attempt may have got through, and erased besides", async () => {
    await markGone(scratch.journal, first.key, GONE_AT);
    const kept = toKept();
    await toRecorder(kept)(await toEntries([toPostEvent(first), toPostEvent(second)]), never, repeatedAttempt);
    expect(kept.drafts.map(({ post, gone }) => [post.key, gone])).toEqual([
      [first.key, GONE_AT],
      [second.key, undefined],
    ]);
    expect(kept.drafts[0]?.post.text).toBe(first.text);
    expect(kept.erased).toEqual([first.key]);
    expect(await journaled(first)).toBe("");
    expect(decided).toEqual([
      [first.key, "gone"],
      [second.key, "recorded"],
    ]);
  });

  test("and finds its tombstone refused is none the less done", async () => {
    await markGone(scratch.journal, first.key, GONE_AT);
    const kept = toKept();
    kept.answer = () => refusal;
    expect(await toRecorder(kept)(await toEntries([toPostEvent(first)]), never, repeatedAttempt)).toEqual([undefined]);
    expect(await journaled(first)).toBe("");
  });

  test("just before the first attempt lets no word out", async () => {
    const kept = toKept();
    const marking: Stage = {
      name: "recall",
      apply: async (drafts) => {
        await markGone(scratch.journal, first.key, GONE_AT);
        return drafts;
      },
    };
    await toRecorder(kept, [marking])(await toEntries([toPostEvent(first), toPostEvent(second)]), never);
    expect(kept.batches).toEqual([[second.key]]);
    expect(await journaled(first)).toBe("");
  });

  test("waits with the journal's text until the post's own turn is over", async () => {
    const kept = toKept();
    const record = toRecorder(kept);
    const [entry] = await toEntries([toPostEvent(first)]);
    if (entry === undefined) throw new Error("Nothing was appended");
    const position = await takePosition(scratch.journal, "posts", entry.partition);
    await position.tryTo(entry.seq);
    const deletion = await toEntries([toDeletedEvent(first.key, GONE_AT)]);
    expect(await record(deletion, never)).toEqual([expect.any(Unavailable)]);
    expect(kept.erased).toEqual([first.key]);
    expect(await journaled(first)).toContain(first.text);
    await position.moveTo(entry.seq);
    expect(await record(deletion, never)).toEqual([undefined]);
    expect(await journaled(first)).toBe("");
  });

  test("forgets what is parked of the post, unless a try of it was cut off", async () => {
    const record = toRecorder(toKept());
    const entries = await toEntries([toPostEvent(first), toPostEvent(second)]);
    for (const { seq, key, partition } of entries) {
      await (await takePosition(scratch.journal, "posts", partition)).moveTo(seq);
      const parked = { key, partition, reason: "RULE", detail: "No.", at: GONE_AT, tries: 1 };
      const doubt = key.startsWith(second.key) ? { inDoubt: true } : {};
      await scratch.journal.put(toParkedKey("posts", seq), JSON.stringify({ ...parked, ...doubt }), 0);
    }
    const deletions = await toEntries([first, second].map(({ key }) => toDeletedEvent(key, GONE_AT)));
    expect(await record(deletions, never)).toEqual([undefined, expect.any(Unavailable)]);
    expect(await Promise.all(entries.map(({ seq }) => findParked(scratch.journal, "posts", seq)))).toEqual([
      undefined,
      expect.objectContaining({ inDoubt: true }),
    ]);
  });
});

describe("an edit", () => {
  const edited = { ...first, version: 5, text: "my bag is found" };
  const newest = { ...first, version: 9, text: "my bag is on its way" };

  test("takes the text of older versions out of the journal, and what is parked of them", async () => {
    const record = toRecorder(toKept());
    const [old] = await toEntries([toPostEvent(first)]);
    if (old === undefined) throw new Error("Nothing was appended");
    await (await takePosition(scratch.journal, "posts", old.partition)).moveTo(old.seq);
    const parked = { key: old.key, partition: old.partition, reason: "RULE", detail: "No.", at: GONE_AT, tries: 1 };
    await scratch.journal.put(toParkedKey("posts", old.seq), JSON.stringify(parked), 0);
    await record(await toEntries([toPostEvent(edited), toPostEvent(newest)]), never);
    expect([await journaled(first), await journaled(edited)]).toEqual(["", ""]);
    expect(await journaled(newest)).toContain(newest.text);
    expect(await findParked(scratch.journal, "posts", old.seq)).toBeUndefined();
  });

  test("that is refused takes nothing away", async () => {
    const kept = toKept();
    const record = toRecorder(kept);
    await record(await toEntries([toPostEvent(first)]), never);
    kept.answer = () => refusal;
    await record(await toEntries([toPostEvent(edited)]), never);
    expect(await journaled(first)).toContain(first.text);
  });

  test("after a deletion changes nothing", async () => {
    const kept = toKept();
    const record = toRecorder(kept);
    await record(await toEntries([toPostEvent(first)]), never);
    await record(await toEntries([toDeletedEvent(first.key, GONE_AT)]), never);
    await record(await toEntries([toPostEvent(edited)]), never);
    expect([...kept.texts.keys()]).toEqual([]);
    expect([await journaled(first), await journaled(edited)]).toEqual(["", ""]);
  });
});

test("the drafts of urgent partitions say so", async () => {
  const kept = toKept();
  const [one, other] = await toEntries([toPostEvent(first), toPostEvent(second)]);
  if (one === undefined || other === undefined) throw new Error("Nothing was appended");
  await toRecorder(kept)([one, { ...other, partition: other.partition + PARTITIONS }], never);
  expect(kept.drafts.map(({ urgent }) => urgent)).toEqual([true, undefined]);
});

test("a post whose network is away waits alone, and nothing of it is sealed", async () => {
  const kept = toKept();
  const away = new Unavailable("The network is away.");
  const thread: Stage = {
    name: "thread",
    apply: (drafts) =>
      Promise.resolve(drafts.map((draft) => (draft.post.key === first.key ? { ...draft, waits: away } : draft))),
  };
  const outcomes = await toRecorder(kept, [thread])(await toEntries([toPostEvent(first), toPostEvent(second)]), never);
  expect(outcomes).toEqual([away, undefined]);
  expect(kept.batches).toEqual([[second.key]]);
  expect(decided).toEqual([[second.key, "recorded"]]);
});

test("the attempt begins before the CRM is written to, and only if it is", async () => {
  const kept = toKept();
  const order: string[] = [];
  const attempt: Attempt = {
    isRepeated: () => false,
    begin: () => {
      order.push("begin");
      return Promise.resolve();
    },
  };
  kept.duringRecord = () => {
    order.push("record");
    return Promise.resolve();
  };
  await toRecorder(kept)(await toEntries([toPostEvent(first)]), never, attempt);
  await toRecorder(kept)(await toEntries([toDeletedEvent("test:social.example/9", GONE_AT)]), never, attempt);
  expect(order).toEqual(["begin", "record"]);
});

describe("a draft that must be decided anew", () => {
  test("is decided anew after a moment, and only it", async () => {
    const kept = toKept();
    let locked = 2;
    kept.answer = ({ post }) => (post.key === first.key && locked-- > 0 ? "again" : undefined);
    const done = toRecorder(kept)(await toEntries([toPostEvent(first), toPostEvent(second)]), never);
    for (let round = 1; round <= 2; round++) clock.advance(await clock.untilSleeping(200 * round));
    expect(await done).toEqual([undefined, undefined]);
    expect(kept.batches).toEqual([[first.key, second.key], [first.key], [first.key]]);
  });

  test("is parked alone when it stays so: one locked row holds nobody else up", async () => {
    const kept = toKept();
    kept.answer = ({ post }) => (post.key === first.key ? "again" : undefined);
    const done = toRecorder(kept)(await toEntries([toPostEvent(first), toPostEvent(second)]), never);
    for (let round = 1; round < 5; round++) clock.advance(await clock.untilSleeping(200 * round));
    expect(await done).toEqual([expect.objectContaining({ reason: "locked" }), undefined]);
    expect(kept.batches).toEqual([[first.key, second.key], ...Array.from({ length: 4 }, () => [first.key])]);
    expect(decided).toEqual([
      [second.key, "recorded"],
      [first.key, "rejected"],
    ]);
  });
});

test("a rejection is of its own post only", async () => {
  const kept = toKept();
  kept.answer = ({ post }) => (post.key === first.key ? refusal : undefined);
  const outcomes = await toRecorder(kept)(await toEntries([toPostEvent(first), toPostEvent(second)]), never);
  expect(outcomes).toEqual([refusal, undefined]);
  expect(decided).toEqual([
    [first.key, "rejected"],
    [second.key, "recorded"],
  ]);
});

test("outcomes keep their places among deletions, versions and what is ignored", async () => {
  const kept = toKept();
  kept.answer = ({ post }) => (post.version > 0 ? refusal : undefined);
  const screen: Stage = {
    name: "screen",
    apply: (drafts) =>
      Promise.resolve(
        drafts.map((draft) =>
          draft.post.key === second.key ? { ...draft, ignored: { stage: "screen", reason: "Noise." } } : draft,
        ),
      ),
  };
  const entries = await toEntries([
    toPostEvent(second),
    toDeletedEvent("test:social.example/9", GONE_AT),
    toPostEvent(first),
    toPostEvent({ ...first, version: 5 }),
  ]);
  expect(await toRecorder(kept, [screen])(entries, never)).toEqual([undefined, undefined, undefined, refusal]);
  expect(kept.batches).toEqual([[first.key, first.key]]);
  expect(decided).toContainEqual([second.key, "ignored"]);
});

describe("the parents of a conversation", () => {
  const root = toTestPost("root", "carla", { kind: "post", text: "what a day" });
  const answer = { ...first, parent: root.key, conversation: root.key };
  const withThread: Stage = {
    name: "thread",
    apply: (drafts) => Promise.resolve(drafts.map((draft) => ({ ...draft, thread: [root] }))),
  };

  test("are appended once, as context of the conversation", async () => {
    const record = toRecorder(toKept(), [withThread]);
    await record(await toEntries([toPostEvent(answer)]), never);
    const appended = await scratch.journal.find("posts", `${root.key}#00`);
    expect(JSON.parse(appended?.value ?? "{}")).toMatchObject({
      type: "posted",
      post: { key: root.key, context: true, conversation: root.key },
    });
    await record(await toEntries([toPostEvent({ ...second, parent: root.key, conversation: root.key })]), never);
    expect((await scratch.journal.find("posts", `${root.key}#00`))?.seq).toBe(appended?.seq);
  });

  test("are heard for themselves when the network tells of them, whichever comes first", async () => {
    const crm = toKept();
    const record = toRecorder(crm, [withThread]);
    await record(await toEntries([toPostEvent(answer)]), never);
    const fetched = await scratch.journal.find("posts", `${root.key}#00`);
    const [heard] = await toEntries([toPostEvent(root)]);
    expect(heard).toBeDefined();
    crm.batches.length = 0;
    await record(
      [heard, fetched].filter((entry) => entry !== undefined),
      never,
    );
    expect(crm.batches).toEqual([[root.key]]);
    expect(decided).toContainEqual([root.key, "ignored"]);
  });

  test("are not appended when they are gone", async () => {
    await markGone(scratch.journal, root.key, GONE_AT);
    await toRecorder(toKept(), [withThread])(await toEntries([toPostEvent(answer)]), never);
    expect(await scratch.journal.find("posts", `${root.key}#00`)).toBeUndefined();
  });

  test("of what is ignored are not appended", async () => {
    const ignore: Stage = {
      name: "screen",
      apply: (drafts) =>
        Promise.resolve(drafts.map((draft) => ({ ...draft, ignored: { stage: "screen", reason: "Noise." } }))),
    };
    await toRecorder(toKept(), [withThread, ignore])(await toEntries([toPostEvent(answer)]), never);
    expect(await scratch.journal.find("posts", `${root.key}#00`)).toBeUndefined();
  });
});

describe("a decision", () => {
  const readDecision = async (key: Key): Promise<string | undefined> =>
    (await scratch.journal.find("decisions", key))?.value;

  test("is written down with its facts and without a word of the post", async () => {
    await toRecorder(toKept())(await toEntries([toPostEvent(first)]), never);
    const decision = await readDecision(`${first.key}#0/recorded`);
    expect(JSON.parse(decision ?? "{}")).toMatchObject({ outcome: "recorded", post: first.key });
    expect(decision).not.toContain("bag");
  });

  test("of a post that was rejected and succeeds later says so", async () => {
    const kept = toKept();
    const record = toRecorder(kept);
    const entries = await toEntries([toPostEvent(first)]);
    kept.answer = () => refusal;
    await record(entries, never);
    kept.answer = () => undefined;
    await record(entries, never);
    expect(await readDecision(`${first.key}#0/rejected`)).toContain('"outcome":"rejected"');
    expect(await readDecision(`${first.key}#0/recorded`)).toContain('"outcome":"recorded"');
  });
});

test.each([
  ["no JSON", "{"],
  ["no event", '{"type":"liked","key":"k"}'],
  ["a post without its author", JSON.stringify({ ...toPostEvent(first), post: { ...first, author: undefined } })],
])("an entry that is %s is refused, and writes nothing", async (_name, value) => {
  const kept = toKept();
  const entry: Entry = { key: "k", partition: 0, seq: 1, appendedAt: GONE_AT, value };
  await expect(toRecorder(kept)([entry], never)).rejects.toThrow();
  expect(kept.batches).toEqual([]);
});
