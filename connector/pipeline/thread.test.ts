import { COMPANY, HOST, toTestMessage, toTestPost } from "../../test/fakes/posts.ts";
import { Unavailable } from "../errors.ts";
import type { Draft } from "../model/draft.ts";
import type { Post } from "../model/post.ts";
import { toThread, type ThreadSource } from "./thread.ts";

const signal = new AbortController().signal;
const root = toTestPost("1", "anna");
const answer = toTestPost("2", "nordwind", { kind: "reply", parent: root.key });
const third = toTestPost("3", "anna", { kind: "reply", parent: answer.key });
const fourth = toTestPost("4", "ben", { kind: "comment", parent: answer.key });

function toSource(thread: (post: Post) => Promise<readonly Post[]>): [ReadonlyMap<string, ThreadSource>, string[]] {
  const asked: string[] = [];
  const source: ThreadSource = {
    account: { key: COMPANY, network: "test", handle: "nordwind", mode: "engage", textLimit: 500, urlLength: 23 },
    thread: (post) => {
      asked.push(post.key);
      return thread(post);
    },
  };
  return [new Map([[COMPANY, source]]), asked];
}

const toDrafts = (...posts: readonly Post[]): Draft[] => posts.map((post) => ({ post }));
const whole = (post: Post): Promise<readonly Post[]> =>
  Promise.resolve([root, answer].filter(({ key }) => key !== post.key && key <= (post.parent ?? "")));

describe("the conversation", () => {
  test("of a root is the root, without a question", async () => {
    const [sources, asked] = toSource(whole);
    const [draft] = await toThread(sources).apply(toDrafts(root), signal);
    expect(draft?.post.conversation).toBe(root.key);
    expect(asked).toEqual([]);
  });

  test("of an answer is the thread's root, with the parents between", async () => {
    const [sources] = toSource(whole);
    const [draft] = await toThread(sources).apply(toDrafts(third), signal);
    expect(draft?.post.conversation).toBe(root.key);
    expect(draft?.thread?.map(({ key }) => key)).toEqual([root.key, answer.key]);
  });

  test("costs one question for all who answer the same post, and none later", async () => {
    const [sources, asked] = toSource(whole);
    const stage = toThread(sources);
    const now = await stage.apply(toDrafts(third, fourth), signal);
    const later = await stage.apply(toDrafts(toTestPost("5", "carl", { parent: third.key })), signal);
    expect([...now, ...later].map(({ post }) => post.conversation)).toEqual([root.key, root.key, root.key]);
    expect(later[0]?.thread?.map(({ key }) => key)).toEqual([root.key, answer.key, third.key]);
    expect(asked).toHaveLength(1);
  });

  test("of an answer that comes with what it answers costs no question, whichever comes first", async () => {
    const [sources, asked] = toSource(whole);
    const drafts = await toThread(sources).apply(toDrafts(answer, root), signal);
    expect(drafts.map(({ post }) => post.conversation)).toEqual([root.key, root.key]);
    expect(drafts[0]?.thread?.map(({ key }) => key)).toEqual([root.key]);
    expect(asked).toEqual([]);
  });

  test("is remembered within bounds", async () => {
    const [sources, asked] = toSource(whole);
    const stage = toThread(sources, 2);
    await stage.apply(toDrafts(third), signal);
    await stage.apply(toDrafts(toTestPost("7", "carl"), toTestPost("8", "carl")), signal);
    const [again] = await stage.apply(toDrafts(fourth), signal);
    expect(again?.post.conversation).toBe(root.key);
    expect(asked).toEqual([third.key, fourth.key]);
  });

  test("of a thread whose root is gone is what its oldest post answered", async () => {
    const orphan = toTestPost("2", "nordwind", { parent: `test:${HOST}/gone` });
    const [sources] = toSource(() => Promise.resolve([orphan]));
    const [draft] = await toThread(sources).apply(toDrafts(third), signal);
    expect(draft?.post.conversation).toBe(`test:${HOST}/gone`);
  });

  test("is the parent where the network gives nothing, and is asked for again next time", async () => {
    const [sources, asked] = toSource(() => Promise.resolve([]));
    const stage = toThread(sources);
    const [draft] = await stage.apply(toDrafts(third), signal);
    await stage.apply(toDrafts(fourth), signal);
    expect(draft?.post.conversation).toBe(answer.key);
    expect(asked).toEqual([third.key, fourth.key]);
  });

  test("is found through a sibling when the first one was deleted meanwhile", async () => {
    const [sources] = toSource((post) => (post.key === third.key ? Promise.resolve([]) : whole(post)));
    const drafts = await toThread(sources).apply(toDrafts(third, fourth), signal);
    expect(drafts.map(({ post }) => post.conversation)).toEqual([root.key, root.key]);
  });

  test("of a private message is its exchange, and nobody is asked", async () => {
    const message = toTestMessage("9", "anna", { parent: root.key });
    const [sources, asked] = toSource(whole);
    const [draft] = await toThread(sources).apply(toDrafts(message), signal);
    expect(draft?.post.conversation).toBe(message.conversation);
    expect(asked).toEqual([]);
  });

  test("leaves out the private messages that it grew from", async () => {
    const said = toTestMessage("1", "anna");
    const begun = toTestPost("2", "anna", { parent: said.key });
    const between = toTestMessage("3", "nordwind", { parent: begun.key });
    const next = toTestPost("4", "ben", { parent: between.key });
    const [sources] = toSource((post) => Promise.resolve([said, begun, between].filter(({ key }) => key < post.key)));
    const [one, other] = await toThread(sources).apply(toDrafts(begun, next), signal);
    expect([one?.post.conversation, other?.post.conversation]).toEqual([begun.key, begun.key]);
    expect([one?.thread ?? [], other?.thread]).toEqual([[], [begun]]);
    const [later] = await toThread(sources).apply(toDrafts(toTestPost("5", "carl", { parent: next.key })), signal);
    expect(later?.post.conversation).toBe(begun.key);
  });

  test("is not guessed while the network is away: the draft waits, the others go on, and it is asked once", async () => {
    const [sources, asked] = toSource(() => Promise.reject(new Unavailable("503")));
    const other = toTestPost("6", "carl", { kind: "reply", parent: root.key });
    const [waiting, well, too] = await toThread(sources, 0).apply(toDrafts(third, root, other), signal);
    expect([waiting?.waits?.message, well?.waits, too?.waits?.message]).toEqual(["503", undefined, "503"]);
    expect(well?.post.conversation).toBe(root.key);
    expect(asked.length).toBeLessThanOrEqual(2);
    const [later] = await toThread(sources).apply(toDrafts(third), signal);
    expect(later?.waits).toBeInstanceOf(Unavailable);
  });

  test("of a deleted post is that of the post it answered", async () => {
    const [sources, asked] = toSource((post) => Promise.resolve(post.key === answer.key ? [root] : []));
    const [draft] = await toThread(sources).apply([{ post: third, gone: "2026-03-01T11:00:00.000Z" }], signal);
    expect(draft?.post.conversation).toBe(root.key);
    expect(asked).toEqual([answer.key]);
  });

  test("of what is ignored is nobody's concern", async () => {
    const [sources, asked] = toSource(whole);
    const ignored: Draft = { post: third, ignored: { stage: "screen", reason: "It has neither words nor pictures." } };
    expect(await toThread(sources).apply([ignored], signal)).toEqual([ignored]);
    expect(asked).toEqual([]);
  });
});
