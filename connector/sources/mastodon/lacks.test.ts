import { pino } from "pino";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { openCannedServer } from "../../../test/fakes/canned-server.ts";
import { openMastodon } from "./index.ts";

const never = new AbortController().signal;
const BODIES: Readonly<Record<string, unknown>> = {
  "/api/v2/instance": {
    domain: "social.example",
    configuration: { statuses: { max_characters: 500, characters_reserved_per_url: 23 } },
  },
  "/api/v1/accounts/verify_credentials": { id: "1", username: "nordwind", acct: "nordwind" },
};

/** What an account lacks on a server that answers so about its token. */
async function lacksOf(app: unknown, mode: "engage" | "listen-only" = "engage") {
  await using server = await openCannedServer((path) => {
    const body = path === "/api/v1/apps/verify_credentials" ? app : BODIES[path];
    return { status: body === undefined ? 404 : 200, body: JSON.stringify(body ?? { error: "Not found" }) };
  });
  const log = pino({ level: "silent" });
  await using source = await openMastodon({ url: server.url, token: "t", words: [], mode, clock: manualClock(), log });
  return await source.lacks?.(never);
}

test.each([
  ["all", ["read", "write:statuses"], []],
  ["all, one by one", ["read:accounts", "read:notifications", "read:statuses", "write"], []],
  ["reading only", ["read"], ["write:statuses"]],
  ["half of reading", ["read:accounts", "write"], ["read:notifications", "read:statuses"]],
])("a token for %s", async (_name, scopes, lacks) => {
  expect(await lacksOf({ name: "Earshot", scopes })).toEqual(lacks);
});

test("an account that only listens needs no right to write", async () => {
  expect(await lacksOf({ scopes: ["read"] }, "listen-only")).toEqual([]);
});

test.each([
  ["says nothing of scopes", { name: "Earshot" }],
  ["does not know the question", undefined],
])("a server that %s leaves it open", async (_name, app) => {
  expect(await lacksOf(app)).toBeUndefined();
});
