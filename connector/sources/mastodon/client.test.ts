import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { Disconnected } from "../../errors.ts";
import { toFixedToken } from "../token.ts";
import { Declined } from "../asking/declined.ts";
import { openCannedServer } from "../../../test/fakes/canned-server.ts";
import type { Answer } from "../../../test/fakes/canned-server.ts";
import { CREDENTIALS, openClient } from "./client.ts";

const clock = manualClock("2026-03-02T09:00:00.000Z");
const never = new AbortController().signal;

function ask(url: string, token = toFixedToken("token")): Promise<unknown> {
  return openClient({ url, token, remedy: "Make another.", clock })(never, { path: "/api/v1/notifications" });
}

async function failWith(answer: Answer): Promise<unknown> {
  await using server = await openCannedServer(() => answer);
  return await ask(server.url).catch((error: unknown) => error);
}

const body = '{"error":"No"}';

test.each([
  { title: "401 is a matter of the token", status: 401, error: Disconnected },
  { title: "403 to all that we ask is a matter of the account", status: 403, error: Disconnected },
  { title: "404 is a no", status: 404, error: Declined },
  { title: "422 is a no", status: 422, error: Declined },
])("$title", async ({ status, error }) => {
  expect(await failWith({ status, body })).toBeInstanceOf(error);
});

test("keeps the network's own words of a no", async () => {
  const failure = await failWith({ status: 422, body: '{"error":"Validation failed: too long"}' });
  expect(failure).toMatchObject({ status: 422, message: "Validation failed: too long" });
});

test("a 403 to this question alone is a no", async () => {
  await using server = await openCannedServer((path) =>
    path === CREDENTIALS ? { status: 200, body: '{"id":"1"}' } : { status: 403, body },
  );
  await expect(ask(server.url)).rejects.toThrow(Declined);
});

test("says the way back where no other token is taken either", async () => {
  await using server = await openCannedServer(() => ({ status: 401, body }));
  const token = { ...toFixedToken("stale"), renew: () => Promise.resolve("fresh") };
  const failure = await ask(server.url, token).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: "Stopped", remedy: "Make another.", retryAfterMs: 300_000 });
});
