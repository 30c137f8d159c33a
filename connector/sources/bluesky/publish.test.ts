import { hear, WITH_LISTS } from "../../../test/contracts/source/scene.ts";
import { toReply } from "../../../test/contracts/source/scene.ts";
import { freely } from "../../../test/fakes/leave.ts";
import type { Post } from "../../model/post.ts";
import { openScene } from "./fixtures/scene.ts";

const never = new AbortController().signal;
const ways = { ...WITH_LISTS, named: "jetstream" };

async function openAnswered() {
  const scene = await openScene();
  const root = await scene.anna.say("My bag did not come");
  const post = await hear({ ...scene, ways }, () => scene.anna.say("@nordwind.test hello?", { answering: root }));
  return { ...scene, root, post, [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose]() };
}

test("an answer hangs on its post and the root of the thread, with names and links to follow", async () => {
  await using scene = await openAnswered();
  const { source, post, network, toDid, root } = scene;
  const text = "👋 @anna.test, see https://nordwind.example/bags";
  const sent = (await source.publish?.(toReply(source, post, text), never, freely)) as Post;
  expect(sent).toMatchObject({ parent: post.key, conversation: root, direction: "outbound", text });
  const record = [...network.store.records.values()].at(-1)?.value;
  expect(record).toMatchObject({
    $type: "app.bsky.feed.post",
    reply: { root: { uri: expect.stringContaining(toDid("anna")) as string } },
    facets: [
      { features: [{ did: toDid("anna") }], index: { byteStart: 5, byteEnd: 15 } },
      { features: [{ uri: "https://nordwind.example/bags" }] },
    ],
  });
});

test("a repeated answer is one, also after a year, and after the post it answers has gone", async () => {
  await using scene = await openAnswered();
  const { source, post, network, clock, anna } = scene;
  const reply = toReply(source, post, "We look for it.");
  const first = (await source.publish?.(reply, never, freely)) as Post;
  clock.advance(365 * 86_400_000);
  expect(await source.publish?.(reply, never, freely)).toMatchObject({ key: first.key });
  await anna.remove(post.key);
  expect(await source.publish?.(reply, never, freely)).toMatchObject({ key: first.key });
  expect([...network.store.records.values()].filter(({ did }) => did === scene.toDid("nordwind"))).toHaveLength(1);
  expect(source.idempotentForMs).toEqual({ "Public reply": Infinity });
});

test("where something else stands in its place nobody guesses", async () => {
  await using scene = await openAnswered();
  const { source, post, clock } = scene;
  await source.publish?.(toReply(source, post, "We look for it."), never, freely);
  const other = toReply(source, post, "Something else under the same key");
  await expect(source.publish?.(other, never, freely)).rejects.toThrow(/another one in its place/);
  const at = clock.now();
  expect(await source.find?.(other, { first: at, last: at }, never)).toBe("unknown");
});

test("a closed thread and a block are told in words for the rep", async () => {
  await using scene = await openAnswered();
  const { source, post, network, toDid } = scene;
  const reply = toReply(source, post, "We look for it.");
  network.store.closed.add(`at://${toDid("anna")}/app.bsky.feed.post/${post.key.split("/")[1] ?? ""}`);
  expect(await source.publish?.(reply, never, freely)).toMatchObject({ reason: "closed" });
  network.store.closed.clear();
  network.store.members.get(toDid("anna"))?.blocked.add(toDid("nordwind"));
  expect(await source.publish?.(reply, never, freely)).toMatchObject({ reason: "blocked" });
});

test.each([
  ["none", /takes no private messages/],
  ["following", /accounts that they follow/],
] as const)("who takes messages from %s is not offered one", async (allowIncoming, words) => {
  await using scene = await openScene();
  const { source, network, anna, toDid, clock } = scene;
  const member = network.store.members.get(toDid("anna"));
  if (member !== undefined) member.allowIncoming = allowIncoming;
  const post = await hear({ ...scene, ways }, () => anna.say("@nordwind.test hello"));
  const [, privately] = source.routes(post, clock.now());
  expect(privately?.blocked).toMatch(words);
  const refused = await source.publish?.(toReply(source, post, "Your code?", "Private message"), never, freely);
  expect(refused).toMatchObject({ reason: "refused", detail: expect.stringMatching(words) as string });
});

test("a message is found among those to this person, and among those after the first try only", async () => {
  await using scene = await openAnswered();
  const { source, post, clock } = scene;
  const reply = toReply(source, post, "Your code?", "Private message");
  const sent = (await source.publish?.(reply, never, freely)) as Post;
  const at = clock.now();
  expect(await source.find?.(reply, { first: at, last: at }, never)).toMatchObject({ key: sent.key });
  clock.advance(3_600_000);
  const later = clock.now();
  expect(await source.find?.(reply, { first: later, last: later }, never)).toBe("unknown");
  clock.advance(source.readDelayMs ?? 0);
  expect(await source.find?.(reply, { first: later, last: later }, never)).toBe("absent");
});

test("the same words of an earlier answer are not taken for this one", async () => {
  await using scene = await openAnswered();
  const { source, post, clock } = scene;
  await source.publish?.(toReply(source, post, "Thank you!", "Private message"), never, freely);
  clock.advance(30_000);
  const at = clock.now();
  clock.advance(source.readDelayMs ?? 0);
  const second = { ...toReply(source, post, "Thank you!", "Private message"), key: "a02/1" };
  expect(await source.find?.(second, { first: at, last: at }, never)).toBe("unknown");
});

test("an answer in the same words to another message is another one; one that answers none may be it", async () => {
  await using scene = await openScene();
  const { source, anna, us, clock } = scene;
  const hearPrivately = (text: string) =>
    hear({ ...scene, ways: { ...ways, messages: "messages" } }, () => anna.say(text, { private: true }), "messages");
  const [first, second] = [await hearPrivately("my bag"), await hearPrivately("my other bag")];
  const at = clock.now();
  await source.publish?.(toReply(source, first, "Thank you!", "Private message"), never, freely);
  clock.advance(source.readDelayMs ?? 0);
  const reply = { ...toReply(source, second, "Thank you!", "Private message"), key: "a02/1" };
  expect(await source.find?.(reply, { first: at, last: at }, never)).toBe("absent");
  await us.say(`@${anna.handle} Thank you!`, { private: true });
  expect(await source.find?.({ ...reply, text: `@${anna.handle} Thank you!` }, { first: at, last: at }, never)).toBe(
    "unknown",
  );
});

test("a message that was deleted from our inbox meanwhile is not sent again", async () => {
  await using scene = await openAnswered();
  const { source, post, clock, us } = scene;
  const reply = toReply(source, post, "Your code?", "Private message");
  const at = clock.now();
  const sent = (await source.publish?.(reply, never, freely)) as Post;
  await us.remove(sent.key);
  clock.advance(source.readDelayMs ?? 0);
  expect(await source.find?.(reply, { first: at, last: at }, never)).toBe("unknown");
});

test("a post that claims a root that is none can be answered", async () => {
  await using scene = await openScene();
  const { source, network, anna, toDid } = scene;
  const post = await hear({ ...scene, ways }, async () => {
    const told = await anna.say("@nordwind.test hello");
    const nonsense = { uri: "no address", cid: "bafy" };
    const rkey = told.split("/")[1] ?? "";
    const before = network.store.records.get(`at://${toDid("anna")}/app.bsky.feed.post/${rkey}`);
    network.store.write(toDid("anna"), rkey, { ...before?.value, reply: { root: nonsense, parent: nonsense } });
    return told;
  });
  await source.publish?.(toReply(source, post, "We look for it."), never, freely);
  const uri = `at://${toDid("anna")}/app.bsky.feed.post/${post.key.split("/")[1] ?? ""}`;
  expect([...network.store.records.values()].at(-1)?.value).toMatchObject({
    reply: { root: { uri }, parent: { uri } },
  });
});
