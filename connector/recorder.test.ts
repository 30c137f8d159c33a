import { toTestPost } from "../test/fakes/posts.ts";
import { openRecorderScene, toKept } from "../test/fakes/recorder-scene.ts";
import { Unavailable } from "./errors.ts";
import type { Attempt } from "./flow/consume.ts";
import type { Entry } from "./journal/journal.ts";
import type { Key, Rejection } from "./model/glossary.ts";
import { PARTITIONS } from "./model/partition.ts";
import { toDeletedEvent, toPostEvent } from "./model/post.ts";
import type { Stage } from "./pipeline/stage.ts";
import { findMark, markGone } from "./tombstones.ts";

const never = new AbortController().signal;
const GONE_AT = "2026-03-02T08:00:00.000Z";

type Scene = Awaited<ReturnType<typeof openRecorderScene>>;

let scene: Scene;
let toRecorder: Scene["toRecorder"];
let toEntries: Scene["toEntries"];
let journaled: Scene["journaled"];
let decided: Scene["decided"];
let journal: Scene["journal"];

beforeEach(async () => {
  scene = await openRecorderScene();
  ({ toRecorder, toEntries, journaled, decided, journal } = scene);
});
afterEach(() => scene[Symbol.asyncDispose]());

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
    kept.duringRecord = () => markGone(journal, first.key, GONE_AT);
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
    expect((await findMark(journal, first.key))?.emptiedAt).toBe(scene.clock.now());
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
    scene.clock.advance(1000);
    await journal.trim("posts", { values: scene.clock.now(), keys: GONE_AT });
    expect(await journal.find("posts", `${first.key}#5`)).toBeUndefined();
    await record(await toEntries([toDeletedEvent(first.key, GONE_AT)]), never);
    expect(kept.erased).toEqual([first.key]);
  });

  test("of a post that was never heard asks nothing of the CRM", async () => {
    const kept = toKept();
    await toRecorder(kept)(await toEntries([toDeletedEvent("test:social.example/9", GONE_AT)]), never);
    expect(kept.erased).toEqual([]);
  });
});

test("what an edit has replaced before it came opens nothing, though the CRM does not know of the edit", async () => {
  const kept = toKept();
  const screen: Stage = {
    name: "screen",
    apply: (drafts) =>
      Promise.resolve(
        drafts.map((draft) =>
          draft.post.version === 0 ? draft : { ...draft, ignored: { stage: "screen", reason: "It is praise." } },
        ),
      ),
  };
  const record = toRecorder(kept, [screen]);
  const edited = { ...first, version: 1_772_000_000_000, text: "my bag is found, thank you" };
  await record(await toEntries([toPostEvent(edited)]), never);
  expect(await record(await toEntries([toPostEvent(first)]), never)).toEqual([undefined]);
  expect(kept.batches).toEqual([]);
  expect(await journaled(first)).toBe("");
  expect(await journaled(edited)).toContain("thank you");
});

test("a deletion of what only we were told reaches the CRM, though the journal has forgotten the post", async () => {
  const kept = toKept();
  await toRecorder(kept)(await toEntries([{ ...toDeletedEvent(first.key, GONE_AT), ours: true }]), never);
  expect(kept.erased).toEqual([first.key]);
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
    for (let round = 1; round <= 2; round++) scene.clock.advance(await scene.clock.untilSleeping(200 * round));
    expect(await done).toEqual([undefined, undefined]);
    expect(kept.batches).toEqual([[first.key, second.key], [first.key], [first.key]]);
  });

  test("is parked alone when it stays so: one locked row holds nobody else up", async () => {
    const kept = toKept();
    kept.answer = ({ post }) => (post.key === first.key ? "again" : undefined);
    const done = toRecorder(kept)(await toEntries([toPostEvent(first), toPostEvent(second)]), never);
    for (let round = 1; round < 5; round++) scene.clock.advance(await scene.clock.untilSleeping(200 * round));
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
    const appended = await journal.find("posts", `${root.key}#00`);
    expect(JSON.parse(appended?.value ?? "{}")).toMatchObject({
      type: "posted",
      post: { key: root.key, context: true, conversation: root.key },
    });
    await record(await toEntries([toPostEvent({ ...second, parent: root.key, conversation: root.key })]), never);
    expect((await journal.find("posts", `${root.key}#00`))?.seq).toBe(appended?.seq);
  });

  test("are heard for themselves when the network tells of them, whichever comes first", async () => {
    const crm = toKept();
    const record = toRecorder(crm, [withThread]);
    await record(await toEntries([toPostEvent(answer)]), never);
    const fetched = await journal.find("posts", `${root.key}#00`);
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
    await markGone(journal, root.key, GONE_AT);
    await toRecorder(toKept(), [withThread])(await toEntries([toPostEvent(answer)]), never);
    expect(await journal.find("posts", `${root.key}#00`)).toBeUndefined();
  });

  test("of what is ignored are not appended", async () => {
    const ignore: Stage = {
      name: "screen",
      apply: (drafts) =>
        Promise.resolve(drafts.map((draft) => ({ ...draft, ignored: { stage: "screen", reason: "Noise." } }))),
    };
    await toRecorder(toKept(), [withThread, ignore])(await toEntries([toPostEvent(answer)]), never);
    expect(await journal.find("posts", `${root.key}#00`)).toBeUndefined();
  });
});

describe("a decision", () => {
  const readDecision = async (key: Key): Promise<string | undefined> => (await journal.find("decisions", key))?.value;

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
