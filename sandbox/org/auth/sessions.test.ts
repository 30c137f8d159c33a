import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTestOrg, queryPath, type TestOrg } from "../testing/open-test-org.ts";

const hour = 3_600_000;
let now = Date.parse("2026-11-22T10:00:00Z");

async function logIn({ url }: TestOrg): Promise<string> {
  const form = { grant_type: "client_credentials", client_id: "sandbox", client_secret: "sandbox" };
  const answer = await fetch(`${url}/services/oauth2/token`, { method: "POST", body: new URLSearchParams(form) });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Calls with a token of one's own. */
function callWith(place: TestOrg, token: string, request = "GET /limits", body?: unknown): ReturnType<TestOrg["call"]> {
  return place.call("ada", request, { headers: { authorization: `Bearer ${token}` }, body });
}

const expired = { status: 401, body: [{ errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" }] };

test("a login ends when it was not used for two hours; use prolongs it; a new login goes on", async () => {
  await using place = await openTestOrg({ now: () => now });
  const token = await logIn(place);
  for (let n = 0; n < 3; n += 1) {
    now += 1.5 * hour;
    expect(await callWith(place, token)).toMatchObject({ status: 200 });
  }
  now += 2 * hour;
  expect(await callWith(place, token)).toMatchObject(expired);
  expect(await callWith(place, await logIn(place))).toMatchObject({ status: 200 });
});

test("it ends for every endpoint, a composite with all its parts", async () => {
  await using place = await openTestOrg({ now: () => now });
  const token = await logIn(place);
  now += 2 * hour;
  const url = `/services/data/v66.0${queryPath("SELECT Id FROM Case")}`;
  const body = { compositeRequest: [{ method: "GET", url, referenceId: "cases" }] };
  expect(await callWith(place, token, "POST /composite", body)).toMatchObject(expired);
  expect(await callWith(place, token, "GET /services/oauth2/userinfo")).toMatchObject(expired);
});

test("the time-out can be set, and counts for those who are logged in", async () => {
  await using place = await openTestOrg({ now: () => now });
  const token = await logIn(place);
  await place.call("ada", "POST /services/../sandbox/sessions", { body: { timeoutMinutes: 15 } });
  now += hour / 4;
  expect(await callWith(place, token)).toMatchObject(expired);
});

test("sessions end by order: one user's, or all; the sandbox's own tokens, too, which never time out", async () => {
  await using place = await openTestOrg({ now: () => now });
  const [login, own] = [await logIn(place), place.org.tokenFor("rita@nordwind.example")];
  now += 48 * hour;
  expect(await callWith(place, own)).toMatchObject({ status: 200 });
  const again = await logIn(place);
  const end = async (query: string): Promise<number> =>
    (await fetch(`${place.url}/sandbox/sessions${query}`, { method: "DELETE" })).status;
  expect(await end("?user=rita@nordwind.example")).toBe(204);
  expect(await callWith(place, own)).toMatchObject(expired);
  expect(await callWith(place, again)).toMatchObject({ status: 200 });
  expect(await end("?user=nobody")).toBe(404);
  expect(await end("")).toBe(204);
  expect(await callWith(place, again)).toMatchObject(expired);
  expect(await callWith(place, login)).toMatchObject(expired);
  expect(await callWith(place, await logIn(place))).toMatchObject({ status: 200 });
});

test("what was logged in, in use or ended stays so over a restart", async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), "earshot-org-"));
  const open = (): Promise<TestOrg> => openTestOrg({ dir: dir.path, now: () => now });
  const first = await open();
  const [used, unused] = [await logIn(first), await logIn(first)];
  const ended = first.org.tokenFor("rita@nordwind.example");
  await fetch(`${first.url}/sandbox/sessions?user=rita@nordwind.example`, { method: "DELETE" });
  now += 1.5 * hour;
  await callWith(first, used);
  await first[Symbol.asyncDispose]();
  await using second = await open();
  now += hour;
  expect(await callWith(second, used)).toMatchObject({ status: 200 });
  expect(await callWith(second, unused)).toMatchObject(expired);
  expect(await callWith(second, ended)).toMatchObject(expired);
});
