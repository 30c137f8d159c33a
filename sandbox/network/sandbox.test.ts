import { get, post, remove } from "./test/ask.ts";
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
  const read = () => get<{ content: string }[]>(`${network.url}/api/v1/timelines/public`);
  return { network, say, read, [Symbol.asyncDispose]: () => network.close() };
}

const posting = { method: "POST", path: "/api/v1/statuses" };

test("an ordered failure meets only what it matches, after what it skips, as often as ordered", async () => {
  await using troubled = await openTroubled([{ match: posting, act: "503", skip: 1, times: 2 }]);

  expect((await troubled.read()).status).toBe(200);
  expect([await troubled.say("a"), await troubled.say("b"), await troubled.say("c"), await troubled.say("d")]).toEqual([
    200, 503, 503, 200,
  ]);
});

test.each(["401", "403", "404", "422", "429", "503"])("an ordered refusal answers %s", async (act) => {
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
