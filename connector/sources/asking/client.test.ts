import { openCannedServer } from "../../../test/fakes/canned-server.ts";
import type { Answer } from "../../../test/fakes/canned-server.ts";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { Disconnected, Unavailable } from "../../errors.ts";
import { toFixedToken } from "../token.ts";
import { openClient, toDisconnected } from "./client.ts";
import { Busy, Declined, Unreadable } from "./declined.ts";
import { request, toAddress } from "./request.ts";

const clock = manualClock("2026-03-02T09:00:00.000Z");
const never = new AbortController().signal;
const SECRET = "what somebody wrote";

function open(url: string, token = toFixedToken("token")) {
  return openClient<string>({
    token,
    clock,
    toRequest: (path) => ({ address: toAddress(url, path) }),
    isTokenRefused: ({ status }) => status === 401,
    toRefused: () => toDisconnected("The network refuses the token of our account", "Make another."),
    isLockedOut: async ({ status }, path, probe) =>
      status === 403 && path !== "/who" && (await probe("/who")).status === 403,
    toLockedOut: () => toDisconnected("The network does not let our account in", "Log in there."),
  });
}

async function failWith(answer: Answer): Promise<unknown> {
  await using server = await openCannedServer(() => answer);
  return await open(server.url)(never, "/list").catch((error: unknown) => error);
}

test.each([
  [{ status: 401, body: "{}" }, Disconnected],
  [{ status: 403, body: "{}" }, Disconnected],
  [{ status: 400, body: "{}" }, Declined],
  [{ status: 429, body: "{}" }, Busy],
  [{ status: 408, body: "{}" }, Unavailable],
  [{ status: 503, body: "<p>" }, Unavailable],
  [{ status: 200, body: "<p>" }, Unreadable],
] as const)("each answer has one fate: %j", async (answer, fate) => {
  expect(await failWith(answer)).toBeInstanceOf(fate);
});

test("no failure holds a word of what was answered, but for the network's own reason", async () => {
  for (const status of [200, 408, 429, 503]) {
    const failure = (await failWith({ status, body: `{"text": ${SECRET}` })) as Error;
    expect(`${failure.message} ${String(failure.cause)}`).not.toContain(SECRET);
  }
  const declined = await failWith({ status: 400, body: '{"error":"TooLong","message":"At most 300","text":"hello"}' });
  expect(declined).toMatchObject({ status: 400, error: "TooLong", message: "At most 300" });
});

test("a 5xx is waited out as long as it says, whatever it counts", async () => {
  const headers = { "RateLimit-Reset": "900" };
  expect(await failWith({ status: 503, body: "", headers })).toMatchObject({ retryAfterMs: undefined });
  expect(await failWith({ status: 503, body: "", headers: { ...headers, "Retry-After": "9" } })).toMatchObject({
    retryAfterMs: 9_000,
  });
});

test("an answer that is longer than any can be is not read to its end", async () => {
  await using server = await openCannedServer(() => ({ status: 200, body: JSON.stringify("x".repeat(100_000)) }));
  const address = new URL(server.url);
  await expect(request({ address }, never, 99_999)).rejects.toThrow(/more than 99999 bytes/);
  expect((await request({ address }, never, 100_002)).body).toHaveLength(100_000);
});

test("a form and JSON travel as what they are", async () => {
  const seen: (string | undefined)[] = [];
  await using server = await openCannedServer((_, headers) => {
    seen.push(headers["content-type"]);
    return { status: 200, body: "1" };
  });
  const address = new URL(server.url);
  await request({ address, form: { a: "b" } }, never);
  await request({ address, json: { a: "b" } }, never);
  expect(seen).toEqual(["application/x-www-form-urlencoded;charset=UTF-8", "application/json"]);
});

test("a list in a query is told once for each of its values, by the name that the network has for lists", () => {
  const query = { ids: ["1", "2"], limit: 3 };
  expect(toAddress("https://x.example/base/", "/list", query).href).toBe("https://x.example/list?ids=1&ids=2&limit=3");
  expect(toAddress("https://x.example", "/list", query, (name) => `${name}[]`).search).toBe(
    "?ids%5B%5D=1&ids%5B%5D=2&limit=3",
  );
});

test("a token is renewed once, and the question is asked again", async () => {
  const used: (string | undefined)[] = [];
  await using server = await openCannedServer((_, headers) => {
    used.push(headers.authorization);
    return headers.authorization === "Bearer fresh" ? { status: 200, body: "[7]" } : { status: 401, body: "{}" };
  });
  const ask = open(server.url, { ...toFixedToken("stale"), renew: () => Promise.resolve("fresh") });
  expect(await ask(never, "/list")).toEqual([7]);
  expect(used).toEqual(["Bearer stale", "Bearer fresh"]);
});

test("what nobody answers to is given up when aborted, with the reason", async () => {
  const stopping = new AbortController();
  await using server = await openCannedServer(() => {
    stopping.abort(new Error("We stop"));
    return undefined;
  });
  await expect(open(server.url)(stopping.signal, "/list")).rejects.toThrow("We stop");
});
