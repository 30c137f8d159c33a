import { follow } from "../../../test/fakes/follow.ts";
import { Stopped } from "../../errors.ts";
import { openScene } from "./fixtures/scene.ts";

const never = new AbortController().signal;

test("a message that we delete from our inbox is deleted here", async () => {
  await using scene = await openScene();
  await using following = follow(scene.source, "messages");
  await following.untilConfirmed(1);
  const key = await scene.anna.say("my booking is X7", { private: true });
  await scene.us.remove(key);
  scene.clock.advance(15_000);
  await following.until(() => following.events.length >= 1);
  await following.untilConfirmed(2);
  expect(following.events.at(-1)).toMatchObject({ type: "deleted", post: key });
});

test("a long log is heard page by page, the oldest first", async () => {
  await using scene = await openScene();
  await using before = follow(scene.source, "messages", { pages: 1 });
  await before.ended;
  const said: string[] = [];
  for (let n = 0; n < 120; n++) said.push(await scene.anna.say(`number ${n}`, { private: true }));
  await using first = follow(scene.source, "messages", { cursor: before.cursor, pages: 1 });
  await first.ended;
  await using rest = follow(scene.source, "messages", { cursor: first.cursor });
  await rest.untilConfirmed(1);
  expect([...first.posts, ...rest.posts].map(({ key }) => key)).toEqual(said);
});

test.each(["no cursor", "no cursor, and the log"])(
  "where the chat first answers %s, what was said before is not told",
  async (how) => {
    await using scene = await openScene();
    const { network, anna, us, clock, source } = scene;
    const old = await anna.say("long ago", { private: true });
    for (let n = 0; n < 120; n++) await anna.say(`number ${n}`, { private: true });
    await us.remove(old);
    clock.advance(1_000);
    network.chat.beginWithoutCursor(how === "no cursor" ? 0 : 50);
    await using first = follow(source, "messages", { pages: 1 });
    await first.ended;
    const key = await anna.say("my booking is X7", { private: true });
    await using second = follow(source, "messages", { cursor: first.cursor });
    await second.untilConfirmed(1);
    expect(second.events.map((event) => event.type)).toEqual(["posted"]);
    expect(second.posts.map((post) => post.key)).toEqual([key]);
    await us.remove(key);
    await using third = follow(source, "messages", { cursor: second.cursor });
    await third.untilConfirmed(1);
    expect(third.events).toMatchObject([{ type: "deleted", post: key }]);
  },
);

test("an app password without the right says so, and the rest is heard", async () => {
  await using scene = await openScene();
  const { network, anna } = scene;
  const company = network.store.members.get(scene.toDid("nordwind"));
  if (company !== undefined) company.chats = false;
  await using source = await scene.open();
  expect(await source.lacks?.(never)).toEqual([expect.stringContaining("direct messages")]);
  await using messages = follow(source, "messages");
  const failure = await messages.ended.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Stopped);
  expect((failure as Stopped).message).toContain("messages: false");
  await using named = follow(source, "jetstream");
  await named.untilConfirmed(2);
  const key = await anna.say("@nordwind.test hello");
  expect((await named.untilPosts(1))[0]?.key).toBe(key);
});

test("whoever does not want messages is not asked for the right", async () => {
  await using scene = await openScene({ messages: false });
  expect(Object.keys(scene.source.feeds)).toEqual(["jetstream", "notifications"]);
});
