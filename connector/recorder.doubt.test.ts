import { toTestPost } from "../test/fakes/posts.ts";
import { openRecorderScene, repeatedAttempt, toKept } from "../test/fakes/recorder-scene.ts";
import { Unavailable } from "./errors.ts";
import { findParked, toParkedKey } from "./flow/consuming/parked.ts";
import { takePosition } from "./flow/consuming/position.ts";
import type { Rejection } from "./model/glossary.ts";
import { toDeletedEvent, toPostEvent } from "./model/post.ts";
import type { Stage } from "./pipeline/stage.ts";
import { markGone } from "./tombstones.ts";

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

describe("a deletion that comes while an attempt is in doubt", () => {
  test("is written as a tombstone where the attempt may have got through, and erased besides", async () => {
    await markGone(journal, first.key, GONE_AT);
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
    await markGone(journal, first.key, GONE_AT);
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
        await markGone(journal, first.key, GONE_AT);
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
    const position = await takePosition(journal, "posts", entry.partition);
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
      await (await takePosition(journal, "posts", partition)).moveTo(seq);
      const parked = { key, partition, reason: "RULE", detail: "No.", at: GONE_AT, tries: 1 };
      const doubt = key.startsWith(second.key) ? { inDoubt: true } : {};
      await journal.put(toParkedKey("posts", seq), JSON.stringify({ ...parked, ...doubt }), 0);
    }
    const deletions = await toEntries([first, second].map(({ key }) => toDeletedEvent(key, GONE_AT)));
    expect(await record(deletions, never)).toEqual([undefined, expect.any(Unavailable)]);
    expect(await Promise.all(entries.map(({ seq }) => findParked(journal, "posts", seq)))).toEqual([
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
    await (await takePosition(journal, "posts", old.partition)).moveTo(old.seq);
    const parked = { key: old.key, partition: old.partition, reason: "RULE", detail: "No.", at: GONE_AT, tries: 1 };
    await journal.put(toParkedKey("posts", old.seq), JSON.stringify(parked), 0);
    await record(await toEntries([toPostEvent(edited), toPostEvent(newest)]), never);
    expect([await journaled(first), await journaled(edited)]).toEqual(["", ""]);
    expect(await journaled(newest)).toContain(newest.text);
    expect(await findParked(journal, "posts", old.seq)).toBeUndefined();
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
