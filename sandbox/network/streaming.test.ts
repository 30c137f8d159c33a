import { once } from "node:events";
import { WebSocket } from "ws";
import type { Network } from "./index.ts";
import { get, post, until } from "./test/ask.ts";
import { join, openStreams, openTestNetwork } from "./test/member.ts";

const isHeardBy = (network: Network, subscriptions: number) => async () =>
  (await get<{ subscriptions: number }>(`${network.url}/sandbox/streams`)).body.subscriptions === subscriptions;

test("the stream tells of mentions, private messages, own posts, edits and removals in order", async () => {
  await using network = await openTestNetwork();
  const [company, anna] = [await join(network, "nordwind"), await join(network, "anna")];
  using streams = await openStreams(network, company);
  const heard: string[] = [];
  const listening = (async () => {
    for await (const event of streams.streaming.user.subscribe()) {
      heard.push(event.event === "notification" ? `notification:${event.payload.type}` : event.event);
      if (event.event !== "delete") continue;
      heard.push(event.payload);
      break;
    }
  })();
  await until(isHeardBy(network, 1));

  const first = await anna.rest.v1.statuses.create({ status: "@nordwind where is my bag" });
  await anna.rest.v1.statuses.create({ status: "@nordwind my number is 5", visibility: "direct" });
  await company.rest.v1.statuses.create({ status: "@anna we look", inReplyToId: first.id });
  await anna.rest.v1.statuses.$select(first.id).update({ status: "@nordwind where is my red bag" });
  await anna.rest.v1.statuses.$select(first.id).remove();
  await listening;

  expect(heard).toEqual([
    ...["notification:mention", "notification:mention", "update", "notification:update"],
    ...["delete", first.id],
  ]);
}, 30_000);

test("a dropped listener comes back, and hears only what is said from then on", async () => {
  await using network = await openTestNetwork();
  const [company, anna] = [await join(network, "nordwind"), await join(network, "anna")];
  using streams = await openStreams(network, company);
  const heard: string[] = [];
  const listening = (async () => {
    for await (const event of streams.streaming.user.notification.subscribe()) {
      if (event.event === "notification") heard.push(event.payload.status?.content ?? "");
      if (heard.length === 2) break;
    }
  })();
  const say = (text: string) => anna.rest.v1.statuses.create({ status: `@nordwind ${text}`, visibility: "unlisted" });

  await until(isHeardBy(network, 1));
  await say("one");
  await until(() => heard.length === 1);
  await post(`${network.url}/sandbox/streams/drop`);
  await until(isHeardBy(network, 0));
  await say("two");
  await until(isHeardBy(network, 1));
  await say("three");
  await listening;

  expect(heard.map((content) => /(\w+)<\/p>$/.exec(content)?.[1])).toEqual(["one", "three"]);
}, 30_000);

/** Everything that a plain socket hears, as the frames came. */
async function listen(network: Network, query: string) {
  const socket = new WebSocket(`${network.url.replace("http", "ws")}/api/v1/streaming?${query}`);
  const frames: { stream: string[]; event: string; payload: string; error?: string }[] = [];
  socket.on("message", (bytes: Buffer) => frames.push(JSON.parse(bytes.toString()) as (typeof frames)[number]));
  await once(socket, "open");
  return { socket, frames, [Symbol.dispose]: () => socket.terminate() };
}

test("public, hashtag and direct streams hear what is theirs", async () => {
  await using network = await openTestNetwork();
  const [company, anna] = [await join(network, "nordwind"), await join(network, "anna")];
  using everybody = await listen(network, "stream=public:local");
  using tagged = await listen(network, "stream=hashtag&tag=LostBag");
  using direct = await listen(network, `stream=direct&access_token=${company.token}`);
  await until(isHeardBy(network, 3));

  await anna.rest.v1.statuses.create({ status: "@nordwind secret #lostbag", visibility: "direct" });
  await anna.rest.v1.statuses.create({ status: "quiet #lostbag", visibility: "unlisted" });
  await anna.rest.v1.statuses.create({ status: "loud" });
  await anna.rest.v1.statuses.create({ status: "loud #lostbag" });
  await until(() => everybody.frames.length === 2 && tagged.frames.length === 1 && direct.frames.length === 1);

  expect(everybody.frames[0]).toMatchObject({ stream: ["public:local"], event: "update" });
  expect(tagged.frames).toMatchObject([{ stream: ["hashtag", "lostbag"], event: "update" }]);
  expect(direct.frames).toMatchObject([{ stream: ["direct"], event: "conversation" }]);
  expect(JSON.parse(tagged.frames[0]?.payload ?? "{}")).toMatchObject({ account: { acct: "anna" } });
});

test("a follower's home stream hears posts, edits and removals", async () => {
  await using network = await openTestNetwork();
  const [fan, anna] = [await join(network, "fan"), await join(network, "anna")];
  await fan.rest.v1.accounts.$select(anna.id).follow();
  using home = await listen(network, `stream=user&access_token=${fan.token}`);
  await until(isHeardBy(network, 1));

  const { id } = await anna.rest.v1.statuses.create({ status: "for my followers", visibility: "private" });
  await anna.rest.v1.statuses.$select(id).update({ status: "for all my followers" });
  await anna.rest.v1.statuses.create({ status: "to myself", visibility: "direct" });
  await anna.rest.v1.statuses.$select(id).remove();
  await until(() => home.frames.some(({ event }) => event === "delete"));

  expect(home.frames.map(({ event }) => event)).toEqual(["update", "status.update", "delete"]);
  expect(home.frames.at(-1)?.payload).toBe(id);
});

test("an unsubscribed stream is silent, and an unknown one is an error", async () => {
  await using network = await openTestNetwork();
  const anna = await join(network, "anna");
  using visitor = await listen(network, "stream=public");
  await until(isHeardBy(network, 1));

  visitor.socket.send(JSON.stringify({ type: "unsubscribe", stream: "public" }));
  visitor.socket.send("no frame at all");
  visitor.socket.send(JSON.stringify({ type: "subscribe", stream: "user" }));
  await until(isHeardBy(network, 0));
  await anna.rest.v1.statuses.create({ status: "unheard" });
  visitor.socket.send(JSON.stringify({ type: "subscribe", stream: "nothing" }));
  await until(() => visitor.frames.length === 2);

  expect(visitor.frames).toEqual([
    { error: "Missing access token", status: 401 },
    { error: "Unknown stream type", status: 400 },
  ]);
});

test("a wrong token opens no stream", async () => {
  await using network = await openTestNetwork();
  const socket = new WebSocket(`${network.url.replace("http", "ws")}/api/v1/streaming?stream=user`, ["wrong"]);

  const [error] = (await once(socket, "error")) as [Error];

  expect(error.message).toContain("401");
});
