import { passing } from "../../../../test/contracts/source/scene.ts";
import { follow } from "../../../../test/fakes/follow.ts";
import type { Key } from "../../../model/glossary.ts";
import type { Heard } from "../../heard.ts";
import { openScene } from "../fixtures/scene.ts";

async function followLive({ source }: Awaited<ReturnType<typeof openScene>>) {
  const following = follow(source, "jetstream");
  await following.untilConfirmed(2);
  return following;
}

function toMemory(...keys: readonly Key[]): Heard {
  return {
    knows: (post) => Promise.resolve(keys.includes(post)),
    async *held() {
      yield await Promise.resolve(keys.map((key) => ({ key, at: "2026-03-01T09:00:00.000Z" })));
    },
  };
}

test("the frame that the cursor names comes once", async () => {
  await using scene = await openScene();
  await using before = await followLive(scene);
  const first = await scene.anna.say("@nordwind.test one");
  await before.untilPosts(1);
  await before[Symbol.asyncDispose]();
  const second = await scene.anna.say("@nordwind.test two");
  await using after = follow(scene.source, "jetstream", { cursor: before.cursor });
  expect((await after.untilPosts(1)).map(({ key }) => key)).toEqual([second]);
  expect(first).not.toBe(second);
});

test("an edit that takes us out of a post is told, one of a stranger's post is not", async () => {
  await using scene = await openScene();
  await using following = await followLive(scene);
  const key = await scene.anna.say("@nordwind.test help");
  const other = await scene.anna.say("nothing to do with you");
  await scene.anna.edit(other, "still nothing");
  await scene.anna.edit(key, "never mind");
  const [, edited] = await following.untilPosts(2);
  expect(edited).toMatchObject({ key, text: "never mind" });
  expect(edited?.version).toBeGreaterThan(0);
});

test("deletions are told of what was told, before a restart too, and of nothing else", async () => {
  await using scene = await openScene();
  const old = await scene.anna.say("@nordwind.test from before");
  await using source = await scene.open({ heard: toMemory(old) });
  await using following = follow(source, "jetstream");
  await following.untilConfirmed(2);
  const strange = await scene.anna.say("nothing to do with you");
  const fresh = await scene.anna.say("@nordwind.test hello");
  for (const key of [strange, old, fresh]) await scene.anna.remove(key);
  await following.until(() => following.events.length >= 3);
  const gone = following.events.flatMap((event) => (event.type === "deleted" ? [event.post] : []));
  expect(gone).toEqual([old, fresh]);
});

test.each(["takendown", "deleted", "suspended"])("whoever is %s takes along all they said to us", async (status) => {
  await using scene = await openScene();
  const { network, anna, toDid } = scene;
  const old = await anna.say("@nordwind.test from before");
  await using source = await scene.open({ heard: toMemory(old, "bluesky:did:plc:other/3l3qo2vuowo2b") });
  await using following = follow(source, "jetstream");
  await following.untilConfirmed(2);
  const fresh = await anna.say("@nordwind.test hello");
  await following.untilPosts(1);
  network.store.setStatus(toDid("anna"), status);
  await following.until(() => following.events.length >= 3);
  const gone = following.events.flatMap((event) => (event.type === "deleted" ? [event.post] : []));
  expect(gone.toSorted()).toEqual([old, fresh].toSorted());
});

test("who only rests comes back: nothing is deleted", async () => {
  await using scene = await openScene();
  await using following = await followLive(scene);
  await scene.anna.say("@nordwind.test hello");
  scene.network.store.setStatus(scene.toDid("anna"), "deactivated");
  scene.network.store.setStatus(scene.toDid("anna"), undefined);
  const last = await scene.anna.say("@nordwind.test back again");
  await following.until(() => following.posts.some(({ key }) => key === last));
  expect(following.events.map(({ type }) => type)).toEqual(["posted", "posted"]);
});

test("where the stream no longer reaches back the loss is told, and what can be had is brought", async () => {
  await using scene = await openScene();
  const { network, anna, us, clock, source } = scene;
  await using before = await followLive(scene);
  await anna.say("@nordwind.test hello");
  await before.untilPosts(1);
  await before[Symbol.asyncDispose]();
  clock.advance(60_000);
  const worded = await anna.say("my lost luggage again");
  const ours = await us.say("New route");
  clock.advance(48 * 3_600_000);
  const kept = await anna.say("@nordwind.test two days later");
  network.jetstream.expireBefore(4);
  await using after = follow(source, "jetstream", { cursor: before.cursor });
  await after.untilPages((pages) => pages.some(({ lost }) => lost !== undefined));
  expect(after.posts.map(({ key }) => key)).toEqual([ours, worded, kept]);
  expect(after.pages.find(({ lost }) => lost !== undefined)?.lost).toMatchObject({
    from: "2026-03-02T09:00:00.000Z",
    to: "2026-03-04T09:01:00.000Z",
  });
});

test("who never heard a frame and comes too late is told what is lost", async () => {
  await using scene = await openScene();
  const { network, anna, clock, source } = scene;
  await using before = follow(source, "jetstream", { pages: 1 });
  await before.ended;
  await anna.say("@nordwind.test nobody hears");
  clock.advance(48 * 3_600_000);
  const kept = await anna.say("@nordwind.test two days later");
  network.jetstream.expireBefore(2);
  await using after = follow(source, "jetstream", { cursor: before.cursor });
  expect((await after.untilPosts(1)).map(({ key }) => key)).toEqual([kept]);
  expect(after.pages[0]?.lost?.from).toBe("2026-03-02T09:00:00.000Z");
});

test("a reader that is too slow for the network begins anew where it stood", async () => {
  await using scene = await openScene();
  await using following = await followLive(scene);
  scene.network.jetstream.slow();
  await following.untilPages((pages) => pages.at(-1)?.interrupted !== undefined);
  const key = await scene.anna.say("@nordwind.test are you there?");
  expect((await passing(scene.clock, following.untilPosts(1))).map((post) => post.key)).toEqual([key]);
});

test("all that was read is heard, nothing that is still to come", async () => {
  await using scene = await openScene();
  const { anna, clock, source } = scene;
  await using before = await followLive(scene);
  await before[Symbol.asyncDispose]();
  clock.advance(3_600_000);
  await anna.say("nothing to do with you");
  clock.advance(3_600_000);
  await using after = follow(source, "jetstream", { cursor: before.cursor });
  await after.untilConfirmed(1);
  expect(after.pages.at(-1)?.heardUntil).toBe("2026-03-02T10:00:00.000Z");
  await clock.untilSleeping();
  clock.advance(30_000);
  await after.untilConfirmed(2);
  expect(after.pages.at(-1)?.heardUntil).toBe(clock.now());
});

test("somebody's new name is known at their next word", async () => {
  await using scene = await openScene();
  const { network, anna, toDid } = scene;
  await using following = await followLive(scene);
  await anna.say("@nordwind.test hello");
  await following.untilPosts(1);
  const did = toDid("anna");
  network.store.rename(did, "anna-new.test");
  await anna.say("@nordwind.test it is still me");
  const [before, after] = await following.untilPosts(2);
  expect(after?.author).toMatchObject({ key: before?.author.key, handle: "anna-new.test" });
});

test("a mention is told with the directory's name while the index is down", async () => {
  await using scene = await openScene();
  await using following = await followLive(scene);
  const { Refused } = await import("../../../../test/fakes/bluesky/refusal.ts");
  scene.network.setFaults([{ fits: /getProfiles/, act: new Refused(502, "UpstreamFailure") }]);
  await scene.anna.say("@nordwind.test hello");
  const [post] = await following.untilPosts(1);
  expect(post?.author).toMatchObject({ handle: "anna.test", displayName: "" });
});

test.each(["2019-05-01T12:00:00.000Z", "2999-01-01T00:00:00.000Z"])(
  "whoever says it is from %s is answered in time all the same",
  async (createdAt) => {
    await using scene = await openScene();
    const { network, clock, toDid, source } = scene;
    await using named = await followLive(scene);
    await using asked = follow(source, "notifications");
    await asked.untilConfirmed(1);
    clock.advance(1_000);
    const facets = [{ index: { byteStart: 0, byteEnd: 14 }, features: [{ did: toDid("nordwind") }] }];
    const text = "@nordwind.test my bag";
    network.store.write(toDid("anna"), network.store.nextTid(), { text, createdAt, facets });
    const [told] = await named.untilPosts(1);
    expect(told?.postedAt).toBe("2026-03-02T09:00:01.000Z");
    clock.advance(60_000);
    expect((await asked.untilPosts(1))[0]?.postedAt).toBe(told?.postedAt);
  },
);

test("who is named by an edit of an old post is named now", async () => {
  await using scene = await openScene();
  const key = await scene.anna.say("my bag");
  await using following = await followLive(scene);
  scene.clock.advance(3_600_000);
  await scene.anna.edit(key, "@nordwind.test my bag");
  const [post] = await following.untilPosts(1);
  expect(post).toMatchObject({ key, postedAt: scene.clock.now() });
});
