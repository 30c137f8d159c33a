import { once } from "node:events";
import { WebSocket } from "ws";
import { get, post, remove, until } from "./test/ask.ts";
import { join, openTestNetwork } from "./test/member.ts";

test("a handle that is taken answers the account it has, however it is written", async () => {
  await using network = await openTestNetwork();
  const first = await post(`${network.url}/sandbox/accounts`, { json: { handle: "anna", display: "Anna" } });
  const again = await post(`${network.url}/sandbox/accounts`, { json: { handle: "@Anna", display: "Other" } });

  expect(again.body).toEqual(first.body);
  expect((await get(`${network.url}/sandbox/accounts`)).body).toMatchObject([{ handle: "anna", display: "Anna" }]);
  expect(await post(`${network.url}/sandbox/accounts`, { json: { handle: "no space" } })).toMatchObject({
    status: 422,
  });
});

/** An account, and what posting and reading as it answers: a status, or that the connection broke. */
async function openTroubled(faults: object[]) {
  const network = await openTestNetwork();
  const { token } = await join(network, "anna");
  await post(`${network.url}/sandbox/faults`, { json: faults });
  const tried = (work: Promise<{ status: number }>) =>
    work.then(
      ({ status }) => status,
      () => "broken" as const,
    );
  const say = (text: string) => tried(post(`${network.url}/api/v1/statuses`, { token, json: { status: text } }));
  const read = () => get<{ id: string; content: string }[]>(`${network.url}/api/v1/timelines/public`);
  const calls = async () =>
    (await get<{ byRoute: Record<string, number> }>(`${network.url}/sandbox/calls`)).body.byRoute;
  return { network, token, say, read, calls, [Symbol.asyncDispose]: () => network.close() };
}

const posting = { method: "POST", path: "/api/v1/statuses" };

test("an ordered failure meets only what it matches, after what it skips, as often as ordered", async () => {
  await using troubled = await openTroubled([{ match: posting, act: "503", skip: 1, times: 2 }]);

  expect((await troubled.read()).status).toBe(200);
  expect([await troubled.say("a"), await troubled.say("b"), await troubled.say("c"), await troubled.say("d")]).toEqual([
    200, 503, 503, 200,
  ]);
});

test.each(["401", "403", "404", "422", "429", "500", "503"])("an ordered refusal answers %s", async (act) => {
  await using troubled = await openTroubled([{ match: posting, act }]);
  expect(await troubled.say("a")).toBe(Number(act));
  expect(await troubled.say("b")).toBe(200);
});

test("dropped before nothing has happened, dropped after it has", async () => {
  await using troubled = await openTroubled([
    { match: posting, act: "drop-before" },
    { match: posting, act: "drop-after" },
  ]);

  expect([await troubled.say("never"), await troubled.say("unheard")]).toEqual(["broken", "broken"]);
  expect((await troubled.read()).body).toMatchObject([{ content: "<p>unheard</p>" }]);
});

test("the whole path or words of the body can be what is met", async () => {
  await using troubled = await openTroubled([
    { match: { path: "/api/v1/statuses$", method: "GET" }, act: "404" },
    { match: { body: "spoil me" }, act: "422" },
  ]);

  expect([await troubled.say("leave me"), await troubled.say("spoil me")]).toEqual([200, 422]);
  const [said] = (await troubled.read()).body;
  const one = await get(`${troubled.network.url}/api/v1/statuses/${said?.id ?? ""}`);
  const list = await get(`${troubled.network.url}/api/v1/statuses?id[]=1`);
  expect([one.status, list.status]).toEqual([200, 404]);
});

test("a held request happens when the failures are taken back, also where nobody waits any more", async () => {
  await using troubled = await openTroubled([{ match: posting, act: "hold" }]);
  const gaveUp = new AbortController();
  const waiting = fetch(`${troubled.network.url}/api/v1/statuses`, {
    method: "POST",
    headers: { Authorization: `Bearer ${troubled.token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ status: "late" }),
    signal: gaveUp.signal,
  });
  await until(async () => (await troubled.calls())["POST /api/v1/statuses"] === 1);
  gaveUp.abort();
  await expect(waiting).rejects.toThrow();
  expect((await troubled.read()).body).toEqual([]);
  await remove(`${troubled.network.url}/sandbox/faults`);
  await until(async () => (await troubled.read()).body.length === 1);
});

test("what is held after it happened is there, and answered when the failures are taken back", async () => {
  await using troubled = await openTroubled([{ match: posting, act: "hold-after" }]);
  const waiting = troubled.say("soon");
  await until(async () => (await troubled.read()).body.length === 1);
  await remove(`${troubled.network.url}/sandbox/faults`);
  expect(await waiting).toBe(200);
});

test("a list can be forgotten for a moment", async () => {
  await using troubled = await openTroubled([{ match: { path: "/api/v1/timelines" }, act: "forget" }]);
  await troubled.say("a");
  expect([(await troubled.read()).body.length, (await troubled.read()).body.length]).toEqual([0, 1]);
});

test("the n-th request of all can cut the streams", async () => {
  await using troubled = await openTroubled([{ skip: 1, act: "drop-streams" }]);
  const socket = new WebSocket(`${troubled.network.url.replace("http", "ws")}/api/v1/streaming?stream=public`);
  const closed = once(socket, "close");
  socket.on("error", () => undefined);
  await once(socket, "open");
  expect(await troubled.say("a")).toBe(200);
  await closed;
});

test("without idempotency a repeated key makes another status, and a lagging list shows neither at once", async () => {
  let time = Date.parse("2026-11-22T12:00:00Z");
  await using network = await openTestNetwork({ now: () => time });
  const { token } = await join(network, "anna");
  const say = () =>
    post<{ id: string }>(`${network.url}/api/v1/statuses`, {
      token,
      headers: { "Idempotency-Key": "k1" },
      json: { status: "once?" },
    });
  const listed = async () => (await get<unknown[]>(`${network.url}/api/v1/timelines/public`)).body.length;
  await post(`${network.url}/sandbox/habits`, { json: { idempotency: false, readDelayMs: 5_000 } });

  const [first, second] = [await say(), await say()];
  expect(second.body.id).not.toBe(first.body.id);
  expect(await listed()).toBe(0);
  time += 5_000;
  expect(await listed()).toBe(2);
});

test("ordered failures can be taken back, and a wrong order is refused", async () => {
  await using troubled = await openTroubled([{ match: {}, act: "429", times: 100 }]);

  expect(await troubled.say("a")).toBe(429);
  await remove(`${troubled.network.url}/sandbox/faults`);
  expect(await troubled.say("b")).toBe(200);
  expect(await post(`${troubled.network.url}/sandbox/faults`, { json: [{ act: "explode" }] })).toMatchObject({
    status: 422,
  });
});

test("calls are counted by route, whatever the ids", async () => {
  await using network = await openTestNetwork();
  const { rest } = await join(network, "anna");
  const { id } = await rest.v1.statuses.create({ status: "a" });
  await rest.v1.statuses.$select(id).fetch();

  expect((await get(`${network.url}/sandbox/calls`)).body).toEqual({
    total: 2,
    byRoute: { "GET /api/v1/statuses/:id": 1, "POST /api/v1/statuses": 1 },
  });
});
