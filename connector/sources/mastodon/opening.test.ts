import { pino } from "pino";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { Misconfigured, Unavailable } from "../../errors.ts";
import { openCannedServer } from "../../../test/fakes/canned-server.ts";
import type { Answer } from "../../../test/fakes/canned-server.ts";
import { openMastodon } from "./index.ts";

const instance = {
  status: 200,
  body: JSON.stringify({
    domain: "Social.Example",
    configuration: { statuses: { max_characters: 5000, characters_reserved_per_url: 30 } },
  }),
};
const credentials = { status: 200, body: JSON.stringify({ id: "1", username: "nordwind", acct: "nordwind" }) };
const page = { status: 200, type: "text/html", body: "<h1>Welcome</h1>" };

function openServer(answers: { readonly instance: Answer; readonly credentials: Answer }) {
  return openCannedServer((path) => (path === "/api/v2/instance" ? answers.instance : answers.credentials));
}

function open(url: string, token = "token") {
  const log = pino({ level: "silent" });
  return openMastodon({ url, token, words: [], mode: "engage", clock: manualClock(), log });
}

test("knows the instance by the name in its handles, and how it counts", async () => {
  await using server = await openServer({ instance, credentials });
  await using source = await open(`${server.url}/some/page`);
  expect(source.account).toEqual({
    key: "mastodon:social.example/accounts/1",
    network: "mastodon",
    handle: "nordwind@social.example",
    mode: "engage",
    textLimit: 5000,
    urlLength: 30,
  });
  expect(Object.keys(source.feeds)).toEqual(["notifications", "own"]);
});

test.each([
  { title: "a page that is no API", instance: page, credentials, error: Misconfigured, says: "`url`" },
  {
    title: "an API of something else",
    instance: { status: 200, body: "{}" },
    credentials,
    error: Misconfigured,
    says: "`url`",
  },
  { title: "no such address", instance: { ...page, status: 404 }, credentials, error: Misconfigured, says: "`url`" },
  {
    title: "a proxy whose server is away",
    instance: { ...page, status: 502 },
    credentials,
    error: Unavailable,
    says: "502",
  },
  {
    title: "a server that is busy",
    instance: { status: 429, body: "{}" },
    credentials,
    error: Unavailable,
    says: "429",
  },
  {
    title: "a token that is refused",
    instance,
    credentials: { status: 401, body: '{"error":"The access token is invalid"}' },
    error: Misconfigured,
    says: "`token`",
  },
  {
    title: "a token that may not read",
    instance,
    credentials: { status: 403, body: '{"error":"This action is outside the authorized scopes"}' },
    error: Misconfigured,
    says: "scopes",
  },
  {
    title: "a failure after the first answer",
    instance,
    credentials: { ...page, status: 503 },
    error: Unavailable,
    says: "503",
  },
])("says so when it meets $title", async ({ instance, credentials, error, says }) => {
  await using server = await openServer({ instance, credentials });
  const failure = await open(server.url).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(error);
  expect((failure as Error).message).toContain(says);
});

test("waits for a server that cannot be reached", async () => {
  const { url } = await (async () => {
    await using server = await openServer({ instance, credentials });
    return server;
  })();
  await expect(open(url)).rejects.toThrow(Unavailable);
});

test.each([
  ["social.example", "token", "`url`"],
  ["ftp://social.example", "token", "`url`"],
  ["https://social.example", "", "`token`"],
  ["https://social.example", "two words", "`token`"],
])("does not even ask %s with the token %j", async (url, token, says) => {
  const failure = await open(url, token).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(Misconfigured);
  expect((failure as Error).message).toContain(says);
});
