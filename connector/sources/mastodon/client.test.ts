import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { Disconnected, Unavailable } from "../../errors.ts";
import { toFixedToken } from "../token.ts";
import { CREDENTIALS, openClient } from "./client.ts";
import { Declined } from "./failure.ts";
import { openCannedServer } from "./fixtures/canned-server.ts";
import type { Answer } from "./fixtures/canned-server.ts";

const clock = manualClock("2026-03-02T09:00:00.000Z");
const never = new AbortController().signal;

function ask(url: string, signal = never, token = toFixedToken("token")): Promise<unknown> {
  return openClient({ url, token, remedy: "Make another.", clock })(signal, { path: "/api/v1/notifications" });
}

async function failWith(answer: Answer): Promise<unknown> {
  await using server = await openCannedServer(() => answer);
  return await ask(server.url).catch((error: unknown) => error);
}

const body = '{"error":"No"}';
const html = { type: "text/html", body: "<h1>Oops</h1>" };

test.each([
  { title: "401 is a matter of the token", answer: { status: 401, body }, error: Disconnected },
  { title: "403 to all that we ask is a matter of the account", answer: { status: 403, body }, error: Disconnected },
  { title: "404 is a no", answer: { status: 404, body }, error: Declined },
  { title: "422 is a no", answer: { status: 422, body }, error: Declined },
  { title: "408 is to wait", answer: { status: 408, body }, error: Unavailable },
  { title: "429 is to wait", answer: { status: 429, body }, error: Unavailable },
  { title: "500 is to wait", answer: { status: 500, body }, error: Unavailable },
  { title: "a proxy's page is to wait", answer: { status: 502, ...html }, error: Unavailable },
  {
    title: "a page instead of an answer is to wait",
    answer: { status: 200, ...html, type: "text/plain" },
    error: Unavailable,
  },
  { title: "broken JSON is to wait", answer: { status: 200, body: "{" }, error: Unavailable },
])("$title", async ({ answer, error }) => {
  expect(await failWith(answer)).toBeInstanceOf(error);
});

test.each([
  { headers: { "Retry-After": "7" }, ms: 7_000 },
  { headers: { "X-RateLimit-Reset": "2026-03-02T09:02:00.000Z" }, ms: 120_000 },
  { headers: { "X-RateLimit-Reset": "2026-03-02T08:00:00.000Z" }, ms: 0 },
  { headers: { "Retry-After": "soon", "X-RateLimit-Reset": "later" }, ms: undefined },
  { headers: {}, ms: undefined },
])("waits as long as it is asked to: $headers", async ({ headers, ms }) => {
  const failure = await failWith({ status: 429, headers: { ...headers }, body });
  expect(failure).toMatchObject({ name: "Unavailable", retryAfterMs: ms });
});

test("keeps the network's own words of a no", async () => {
  const failure = await failWith({ status: 422, body: '{"error":"Validation failed: too long"}' });
  expect(failure).toMatchObject({ status: 422, message: "Validation failed: too long" });
});

test("gives up a question when it is aborted, with the reason", async () => {
  const stopping = new AbortController();
  await using server = await openCannedServer(() => {
    stopping.abort(new Error("We stop"));
    return undefined;
  });
  await expect(ask(server.url, stopping.signal)).rejects.toThrow("We stop");
});

test("a 403 to this question alone is a no", async () => {
  await using server = await openCannedServer((path) =>
    path === CREDENTIALS ? { status: 200, body: '{"id":"1"}' } : { status: 403, body },
  );
  await expect(ask(server.url)).rejects.toThrow(Declined);
});

test("asks once more with another token where there is one", async () => {
  const renewed: string[] = [];
  await using server = await openCannedServer((_path, headers) =>
    headers.authorization === "Bearer fresh" ? { status: 200, body: "[7]" } : { status: 401, body },
  );
  const token = {
    ...toFixedToken("stale"),
    renew: (refused: string) => {
      renewed.push(refused);
      return Promise.resolve("fresh");
    },
  };
  expect(await ask(server.url, never, token)).toEqual([7]);
  expect(renewed).toEqual(["stale"]);
});

test("says the way back where no other token is taken either", async () => {
  await using server = await openCannedServer(() => ({ status: 401, body }));
  const token = { ...toFixedToken("stale"), renew: () => Promise.resolve("fresh") };
  const failure = await ask(server.url, never, token).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: "Stopped", remedy: "Make another.", retryAfterMs: 300_000 });
});
