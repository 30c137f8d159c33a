import { toTestPost } from "../test/fakes/posts.ts";
import { openRecorderScene, repeatedAttempt, toKept } from "../test/fakes/recorder-scene.ts";
import { findDoubt } from "./doubts.ts";
import { Unavailable } from "./errors.ts";
import { takePosition } from "./flow/consuming/position.ts";
import type { Rejection } from "./model/glossary.ts";
import { toDeletedEvent, toPostEvent } from "./model/post.ts";
import { isLive } from "./pipeline/live.ts";
import type { Stage } from "./pipeline/stage.ts";

const never = new AbortController().signal;
const GONE_AT = "2026-03-02T08:00:00.000Z";

const post = toTestPost("1", "anna", { text: "my bag is lost" });
const edited = { ...post, version: 5, text: "my bag is found" };
const deletion = toDeletedEvent(post.key, GONE_AT);

const refusal: Rejection = { reason: "STRING_TOO_LONG", detail: "The subject is too long." };

/** Rules that want nothing any more, but for what has to be there before a call that may come yet. */
const wantNothing: Stage = {
  name: "triage",
  apply: (drafts) =>
    Promise.resolve(
      drafts.map((draft) =>
        isLive(draft) && draft.gone === undefined && draft.doubted !== true
          ? { ...draft, ignored: { stage: "triage", reason: "Nobody wants it." } }
          : draft,
      ),
    ),
};

type Scene = Awaited<ReturnType<typeof openRecorderScene>>;
let scene: Scene;

beforeEach(async () => {
  scene = await openRecorderScene();
});
afterEach(() => scene[Symbol.asyncDispose]());

/** A call that records the post is given up; the rules change, and its repetition finds the post unwanted. */
async function loseAndUnwant(kept: ReturnType<typeof toKept>) {
  const record = scene.toRecorder(kept, [wantNothing]);
  const entries = await scene.toEntries([toPostEvent(post)]);
  const position = await takePosition(scene.journal, "posts", entries[0]?.partition ?? 0);
  await position.tryTo(entries[0]?.seq ?? 0);
  expect(await record(entries, never, repeatedAttempt)).toEqual([undefined]);
  await position.moveTo(entries[0]?.seq ?? 0);
  expect(kept.drafts).toEqual([]);
  return record;
}

describe("a post that nobody wants any more, though a call may yet record it", () => {
  test("leaves tombstones when it is deleted, and its words leave the journal", async () => {
    const kept = toKept();
    const record = await loseAndUnwant(kept);
    expect(await record(await scene.toEntries([deletion]), never)).toEqual([undefined]);
    expect(kept.drafts).toMatchObject([{ post: { key: post.key }, gone: GONE_AT }]);
    expect(kept.erased).toEqual([post.key]);
    expect(await scene.journaled(post)).toBe("");
  });

  test("is followed by its edit, which comes into the CRM before", async () => {
    const kept = toKept();
    const record = await loseAndUnwant(kept);
    await record(await scene.toEntries([toPostEvent(edited)]), never);
    expect(kept.drafts).toMatchObject([{ post: { version: 5 }, doubted: true }]);
    expect([await scene.journaled(post), await scene.journaled(edited)]).toEqual([
      "",
      expect.stringContaining("found"),
    ]);
  });

  test.each([
    ["the CRM holds a row", () => "again" as const],
    ["the CRM cannot be reached", () => Promise.reject(new Unavailable("No answer within a minute"))],
  ])("keeps its words until the tombstones stand: %s", async (_, trouble) => {
    const kept = toKept();
    const record = await loseAndUnwant(kept);
    const entries = await scene.toEntries([deletion]);
    const answer = trouble();
    if (answer === "again") kept.answer = () => "again";
    else kept.duringRecord = () => answer;
    const tried = record(entries, never).catch((error: unknown) => [error]);
    if (answer === "again")
      for (let round = 1; round < 5; round++) scene.clock.advance(await scene.clock.untilSleeping());
    expect(await tried).toEqual([expect.any(Unavailable)]);
    expect(await scene.journaled(post)).toContain(post.text);

    kept.answer = () => undefined;
    kept.duringRecord = () => Promise.resolve();
    expect(await record(entries, never, repeatedAttempt)).toEqual([undefined]);
    expect(await scene.journaled(post)).toBe("");
  });

  test("whose tombstone is refused for good is done with", async () => {
    const kept = toKept();
    const record = await loseAndUnwant(kept);
    kept.answer = () => refusal;
    expect(await record(await scene.toEntries([deletion]), never)).toEqual([undefined]);
    expect(await scene.journaled(post)).toBe("");
  });

  test("and is deleted while its repetition finds that: the deletion's turn writes the tombstones", async () => {
    const kept = toKept();
    const unwanting: Stage = {
      ...wantNothing,
      apply: async (drafts, signal) => {
        const ignored = await wantNothing.apply(drafts, signal);
        if (kept.drafts.length === 0 && (await scene.journal.get(`gone/${post.key}`)) === undefined)
          await scene.toRecorder(toKept(), [wantNothing])(await scene.toEntries([deletion]), never);
        return ignored;
      },
    };
    const entries = await scene.toEntries([toPostEvent(post)]);
    const position = await takePosition(scene.journal, "posts", entries[0]?.partition ?? 0);
    await position.tryTo(entries[0]?.seq ?? 0);
    const record = scene.toRecorder(kept, [unwanting]);
    expect(await record(entries, never, repeatedAttempt)).toEqual([undefined]);
    expect(await scene.journaled(post)).toContain(post.text);
    await position.moveTo(entries[0]?.seq ?? 0);

    expect(await record(await scene.toEntries([deletion]), never, repeatedAttempt)).toEqual([undefined]);
    expect(kept.drafts).toMatchObject([{ post: { key: post.key }, gone: GONE_AT }]);
    expect(await scene.journaled(post)).toBe("");
  });
});

test("two versions whose calls may come are followed by a third, whatever order they were found in doubt", async () => {
  const kept = toKept();
  const keepsFirst: Stage = {
    ...wantNothing,
    apply: async (drafts, signal) => {
      const judged = await wantNothing.apply(drafts, signal);
      return judged.map((draft, index) => (draft.post.version === 0 ? (drafts[index] ?? draft) : draft));
    },
  };
  const entries = await scene.toEntries([toPostEvent(post), toPostEvent(edited)]);
  kept.answer = () => refusal;
  await scene.toRecorder(kept, [keepsFirst])(entries, never, repeatedAttempt);
  expect(await findDoubt(scene.journal, post.key)).toBe(5);
  kept.answer = () => undefined;
  await scene.toRecorder(kept, [wantNothing])(entries, never, repeatedAttempt);
  expect(await findDoubt(scene.journal, post.key)).toBe(0);
  expect(kept.drafts.at(-1)).toMatchObject({ post: { version: 5 }, doubted: true });
});

test("a post that nobody had tried to record leaves no doubt, and no tombstone", async () => {
  const kept = toKept();
  const record = scene.toRecorder(kept, [wantNothing]);
  await record(await scene.toEntries([toPostEvent(post)]), never);
  expect(await findDoubt(scene.journal, post.key)).toBeUndefined();
  await record(await scene.toEntries([deletion]), never);
  expect(kept.drafts).toEqual([]);
});

test("a deleted post that says nothing to anybody is over, however often it was tried", async () => {
  const kept = toKept();
  const noise: Stage = {
    name: "screen",
    apply: (drafts) =>
      Promise.resolve(drafts.map((draft) => ({ ...draft, ignored: { stage: "screen", reason: "It says nothing." } }))),
  };
  const record = scene.toRecorder(kept, [noise]);
  await record(await scene.toEntries([toPostEvent(post)]), never, repeatedAttempt);
  const entries = await scene.toEntries([deletion]);
  expect(await record(entries, never)).toEqual([undefined]);
  expect(await scene.journaled(post)).toBe("");
});
