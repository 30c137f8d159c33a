import { openJetstream } from "../../../../test/fakes/bluesky/jetstream.ts";
import { Refused } from "../../../../test/fakes/bluesky/refusal.ts";
import { follow } from "../../../../test/fakes/follow.ts";
import { Stopped } from "../../../errors.ts";
import type { Key } from "../../../model/glossary.ts";
import { openScene } from "../fixtures/scene.ts";

type Scene = Awaited<ReturnType<typeof openScene>>;

async function followLive({ source }: Pick<Scene, "source">) {
  const following = follow(source, "jetstream");
  await following.untilConfirmed(2);
  return following;
}

/** Anna writes this into her repository, whatever it is. */
function write({ network, toDid, clock }: Scene, record: object, did = toDid("anna")): Key {
  const value = { createdAt: clock.now(), ...record };
  return `bluesky:${did}/${network.store.write(did, network.store.nextTid(), value).rkey}`;
}

const named = (scene: Scene, record: object = {}) => ({
  text: "@nordwind.test hello",
  facets: [{ index: { byteStart: 0, byteEnd: 14 }, features: [{ did: scene.toDid("nordwind") }] }],
  ...record,
});

test("a post that looks like a word of the stream's own is a post, and opens no gap", async () => {
  await using scene = await openScene();
  await using following = await followLive(scene);
  const told = [
    write(scene, named(scene, { text: "subscribeEvents#info", name: "OutdatedCursor" })),
    write(scene, named(scene, { odd: { $type: "error" } })),
    write(scene, named(scene, { odd: { $type: "network.bsky.jetstream.subscribeEvents#info" } })),
  ];
  const posts = await following.untilPosts(3);
  expect(posts.map(({ key }) => key)).toEqual(told);
  expect(following.pages.some(({ lost }) => lost !== undefined)).toBe(false);
});

test("the largest record there can be stops nobody", async () => {
  await using scene = await openScene();
  await using following = await followLive(scene);
  write(scene, { text: "nobody's business", odd: "\u0001".repeat(1_000_000) });
  const last = write(scene, named(scene));
  expect((await following.untilPosts(1)).map(({ key }) => key)).toEqual([last]);
});

test("a flood of strangers' edits asks the network for nobody", async () => {
  await using scene = await openScene();
  const { network, anna } = scene;
  await using following = await followLive(scene);
  const before = network.asked.filter((method) => method.endsWith("getProfiles")).length;
  for (let n = 0; n < 60; n++) {
    const stranger = { did: `did:plc:${String(n).padStart(24, "a")}`, rkey: network.store.nextTid() };
    for (const text of ["one", "another"]) network.store.write(stranger.did, stranger.rkey, { text });
  }
  const last = await anna.say("@nordwind.test hello");
  expect((await following.untilPosts(1)).map(({ key }) => key)).toEqual([last]);
  expect(network.asked.filter((method) => method.endsWith("getProfiles")).length - before).toBe(1);
});

test("somebody whom neither index nor web site knows is known by the DID, and no stranger's site is asked", async () => {
  await using scene = await openScene();
  await using following = await followLive(scene);
  scene.network.setFaults([{ fits: /getProfiles/, act: "forget" }]);
  const key = write(scene, named(scene), "did:web:unreachable.invalid");
  const [post] = await following.untilPosts(1);
  expect(post).toMatchObject({ key, author: { handle: "did:web:unreachable.invalid" } });
});

test("whoever is taken down takes along what only the notifications told", async () => {
  const held: Key[] = [];
  const heard = {
    knows: (post: Key) => Promise.resolve(held.includes(post)),
    async *held() {
      yield await Promise.resolve(held.map((key) => ({ key, at: "2026-03-01T09:00:00.000Z" })));
    },
  };
  await using scene = await openScene({ heard });
  const { network, anna, toDid, clock, source, world } = scene;
  const ben = await world.person("ben");
  held.push(await ben.say("@nordwind.test hello"));
  await using stream = await followLive(scene);
  network.store.setStatus(toDid("ben"), "takendown");
  await stream.until(() => stream.events.some(({ type }) => type === "deleted"));
  await stream[Symbol.asyncDispose]();

  await using asked = follow(source, "notifications");
  await asked.untilConfirmed(1);
  held.push(await anna.say("@nordwind.test the stream has lost this"));
  clock.advance(60_000);
  await asked.untilPosts(1);
  await using again = await followLive(scene);
  network.store.setStatus(toDid("anna"), "takendown");
  const last = await world.person("carl").then((carl) => carl.say("@nordwind.test and then?"));
  await again.until(() => again.posts.some(({ key }) => key === last));
  expect(again.events).toContainEqual(expect.objectContaining({ type: "deleted", post: held[1] }));
});

test("where another stream stands in for ours, what it said meanwhile is heard all the same", async () => {
  await using scene = await openScene();
  const { anna, clock, toDid } = scene;
  await using before = await followLive(scene);
  await anna.say("@nordwind.test one");
  await anna.say("@nordwind.test two");
  await before.untilPosts(2);
  await before[Symbol.asyncDispose]();
  await using other = await openJetstream();
  const tell = (rkey: string) => {
    const time = clock.now();
    const commit = { kind: "commit", operation: "create", collection: "app.bsky.feed.post", rev: rkey } as const;
    other.publish({ ...commit, did: toDid("anna"), time, rkey, record: { createdAt: time, ...named(scene) } });
    return `bluesky:${toDid("anna")}/${rkey}`;
  };
  clock.advance(60_000);
  const missed = tell("3mg2vbwr32223");
  await using source = await scene.open({ jetstream: other.url });
  await using after = follow(source, "jetstream", { cursor: before.cursor });
  while (other.listeners() === 0) await new Promise(setImmediate);
  const fresh = [tell("3mg2vbwr32224"), tell("3mg2vbwr32225"), tell("3mg2vbwr32226")];
  const posts = await after.untilPosts(4);
  expect(posts.map(({ key }) => key)).toEqual([missed, ...fresh]);
});

test("a repository that the network does not list is no end of the feed", async () => {
  await using scene = await openScene();
  const { network, anna, clock, source } = scene;
  await using before = await followLive(scene);
  await anna.say("@nordwind.test hello");
  await before.untilPosts(1);
  await before[Symbol.asyncDispose]();
  clock.advance(48 * 3_600_000);
  await anna.say("@nordwind.test two days later");
  network.jetstream.expireBefore(2);
  network.setFaults([{ fits: /listRecords/, act: new Refused(400, "RepoNotFound") }]);
  await using after = follow(source, "jetstream", { cursor: before.cursor });
  expect(await after.ended.catch((error: unknown) => error)).toBeInstanceOf(Stopped);
});

test.each([[{ text: "x".repeat(300_000) }], [{ facets: "many" }], [{ text: 7 }], [{ createdAt: "+010000" }]])(
  "an odd record stops nobody: %#",
  async (odd) => {
    await using scene = await openScene();
    await using following = await followLive(scene);
    write(scene, { ...named(scene), ...odd });
    const last = write(scene, named(scene));
    await following.until(() => following.posts.some(({ key }) => key === last));
    expect(following.posts.at(-1)?.key).toBe(last);
  },
);
