import { follow } from "../../../test/fakes/follow.ts";
import { openScene } from "./fixtures/scene.ts";

const A_MINUTE_MS = 60_000;
const A_DAY_MS = 24 * 60 * A_MINUTE_MS;

test("what the stream told comes once more under the same key, and as the same post", async () => {
  await using scene = await openScene();
  const { source, anna, us, clock, toDid } = scene;
  await using stream = follow(source, "jetstream");
  await stream.untilConfirmed(2);
  await using asked = follow(source, "notifications");
  await asked.untilConfirmed(1);
  const ours = await us.say("New route");
  await anna.say("@nordwind.test hello");
  await anna.say("at last", { answering: ours });
  const quoted = { uri: `at://${toDid("nordwind")}/app.bsky.feed.post/${ours.split("/")[1] ?? ""}`, cid: "bafy" };
  const embed = { $type: "app.bsky.embed.record", record: quoted };
  scene.network.store.write(toDid("anna"), scene.network.store.nextTid(), {
    text: "look",
    createdAt: clock.now(),
    embed,
  });
  const told = await stream.untilPosts(4);
  clock.advance(A_MINUTE_MS);
  const again = await asked.untilPosts(3);
  const inbound = told.filter(({ direction }) => direction === "inbound");
  expect(again.map((post) => ({ ...post, detectedAt: "" }))).toEqual(
    inbound.map((post) => ({ ...post, detectedAt: "" })),
  );
});

test("after a long absence all pages are heard, the oldest first, and nothing twice in one life", async () => {
  await using scene = await openScene();
  const { source, anna, clock } = scene;
  await using before = follow(source, "notifications", { pages: 1 });
  await before.ended;
  clock.advance(10 * A_MINUTE_MS);
  const said: string[] = [];
  for (let n = 0; n < 230; n++) said.push(await anna.say(`@nordwind.test number ${n}`));
  await using after = follow(source, "notifications", { cursor: before.cursor });
  await after.untilConfirmed(1);
  clock.advance(A_MINUTE_MS);
  await after.untilConfirmed(2);
  expect(after.posts.map(({ key }) => key)).toEqual(said);
});

test.each([
  ["long before", 20 * A_DAY_MS],
  ["a minute before", A_MINUTE_MS],
  ["just before", 0],
])("what was said %s the first start is never told, in no life", async (_, agoMs) => {
  await using scene = await openScene();
  const { source, anna, clock } = scene;
  await anna.say("@nordwind.test one");
  await anna.say("@nordwind.test two");
  clock.advance(agoMs);
  await using first = follow(source, "notifications");
  await first.untilConfirmed(1);
  const begun = first.cursor;
  const key = await anna.say("@nordwind.test three");
  clock.advance(A_MINUTE_MS);
  await first.untilConfirmed(2);
  await using second = follow(source, "notifications", { cursor: begun });
  await second.untilConfirmed(1);
  await using third = follow(source, "notifications", { cursor: second.cursor });
  await third.untilConfirmed(1);
  expect(first.posts.map((post) => post.key)).toEqual([key]);
  expect(second.posts.map((post) => post.key)).toEqual([key]);
  expect(third.posts.map((post) => post.key)).toEqual([key]);
});

test("what comes to light after a later one is told, also in the next life", async () => {
  await using scene = await openScene();
  const { source, anna, clock, network } = scene;
  await anna.say("@nordwind.test before");
  const before = clock.now();
  clock.advance(A_MINUTE_MS);
  await using first = follow(source, "notifications");
  await first.untilConfirmed(1);
  clock.advance(A_MINUTE_MS);
  const later = await anna.say("@nordwind.test later");
  await first.untilConfirmed(2);
  clock.advance(A_MINUTE_MS);
  await first.untilPosts(1);
  network.setClock({ now: () => before });
  const late = await anna.say("@nordwind.test late");
  network.setClock(clock);
  await using second = follow(source, "notifications", { cursor: first.cursor });
  await second.untilConfirmed(1);
  expect(second.posts.map(({ key }) => key)).toEqual([later, late]);
});

test("a cursor of a life that knew only the newest is taken up", async () => {
  await using scene = await openScene();
  const newest = scene.clock.now();
  const key = await scene.anna.say("@nordwind.test hello");
  await using asked = follow(scene.source, "notifications", { cursor: JSON.stringify({ newest }) });
  expect((await asked.untilPosts(1)).map((post) => post.key)).toEqual([key]);
});

test("what another account of ours says is left to that one", async () => {
  await using scene = await openScene();
  const { network, clock, world, toDid } = scene;
  const sister = await world.person("sister");
  const sisterKey = `bluesky:${toDid("sister")}/profile`;
  await using source = await scene.open({ isOurs: (persona) => persona === sisterKey });
  await using asked = follow(source, "notifications");
  await asked.untilConfirmed(1);
  await sister.say("@nordwind.test hello sister");
  const key = await scene.anna.say("@nordwind.test hello");
  clock.advance(A_MINUTE_MS);
  expect((await asked.untilPosts(1)).map((post) => post.key)).toEqual([key]);
  expect(network.asked).toContain("app.bsky.notification.listNotifications");
});
