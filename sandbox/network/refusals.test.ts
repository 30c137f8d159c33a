import { get, post } from "./test/ask.ts";
import { join, openTestNetwork } from "./test/member.ts";

const refusals: [name: string, json: object, status: number, error: string][] = [
  ["an empty text", { status: " \n " }, 422, "Validation failed: Text can't be blank"],
  ["too long a text", { status: "a".repeat(501) }, 422, "Validation failed: Text character limit of 500 exceeded"],
  [
    "a text of megabytes",
    { status: "a".repeat(2 ** 21) },
    422,
    "Validation failed: Text character limit of 500 exceeded",
  ],
  ["an answer to nothing", { status: "hello", in_reply_to_id: "1" }, 404, "Record not found"],
];

test.each(refusals)("refuses %s", async (_name, json, status, error) => {
  await using network = await openTestNetwork();
  const { token } = await join(network, "anna");

  const answer = await post(`${network.url}/api/v1/statuses`, { token, json });

  expect([answer.status, answer.body]).toEqual([status, { error }]);
});

test("a token that nobody has is refused, also where none is needed", async () => {
  await using network = await openTestNetwork();
  const error = { error: "The access token is invalid" };

  for (const path of ["/api/v1/notifications", "/api/v1/timelines/home", "/api/v1/accounts/verify_credentials"]) {
    const [none, wrong] = [await get(network.url + path), await get(network.url + path, { token: "wrong" })];
    expect([none.status, none.body, wrong.status, wrong.body]).toEqual([401, error, 401, error]);
  }
  const open = `${network.url}/api/v1/timelines/public`;
  expect((await get(open)).status).toBe(200);
  expect((await get(open, { token: "wrong" })).status).toBe(401);
});

test("a body that is no JSON and a path that is none are refused in JSON", async () => {
  await using network = await openTestNetwork();
  const { token } = await join(network, "anna");
  const broken = await fetch(`${network.url}/api/v1/statuses`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: "{",
  });

  expect(broken.status).toBe(400);
  expect(await broken.json()).toHaveProperty("error");
  expect(await get(`${network.url}/api/v1/nothing`)).toMatchObject({ status: 404, body: { error: "Not Found" } });
});

test("more calls than allowed are refused until the window ends, which the headers say", async () => {
  let time = Date.parse("2026-11-22T12:01:00Z");
  await using network = await openTestNetwork({ callLimit: 2, now: () => time });
  const ask = () => get(`${network.url}/api/v1/instance`);

  const [first, second, third] = [await ask(), await ask(), await ask()];
  time = Date.parse(third.headers.get("x-ratelimit-reset") ?? "");
  const later = await ask();

  expect([first, second, third, later].map(({ status }) => status)).toEqual([200, 200, 429, 200]);
  expect([first, second, third].map(({ headers }) => headers.get("x-ratelimit-remaining"))).toEqual(["1", "0", "0"]);
  expect(new Date(time).toISOString()).toBe("2026-11-22T12:05:00.000Z");
});

test("broken UTF-16 and null characters become text that can be read again", async () => {
  await using network = await openTestNetwork();
  const { rest } = await join(network, "anna");

  const { id } = await rest.v1.statuses.create({ status: "a\ud800b\u0000c" });

  expect((await rest.v1.statuses.$select(id).fetch()).content).toBe("<p>a\ufffdbc</p>");
});
