import { pino } from "pino";
import { freely } from "../../../test/fakes/leave.ts";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { Unavailable } from "../../errors.ts";
import type { Claimed } from "../../model/reply.ts";
import { toFixedToken } from "../token.ts";
import { openCannedServer } from "../../../test/fakes/canned-server.ts";
import type { Answer } from "../../../test/fakes/canned-server.ts";
import { openClient } from "./client.ts";
import { find } from "./find.ts";
import { us } from "./fixtures/status.ts";
import { publish } from "./publish.ts";
import { toReader } from "./reader.ts";

const never = new AbortController().signal;

const reply: Claimed = {
  key: "a01/1",
  row: "a01",
  attempt: 1,
  order: "send",
  account: us.account.key,
  route: "Public reply",
  text: "We look for it.",
  answered: {
    key: "mastodon:social.example/55",
    conversation: "mastodon:social.example/50",
    visibility: "public",
    authorHandle: "anna@social.example",
    authorKey: "mastodon:social.example/accounts/7",
  },
};
const message: Claimed = { ...reply, route: "Private message" };

const old = "2026-03-01T09:00:00.000Z";
/** Our answer as the network shows it. */
const answer = {
  id: "60",
  created_at: "2026-03-02T09:00:01.000Z",
  account: { id: "1", username: "nordwind", acct: "nordwind" },
  content: "<p>@anna We look for it.</p>",
  visibility: "public",
  in_reply_to_id: "55",
};

async function openLink(answers: { readonly toPost?: Answer; readonly own?: readonly unknown[] }) {
  const clock = manualClock("2026-03-02T09:00:00.000Z");
  const server = await openCannedServer((path) =>
    path === "/api/v1/statuses" ? answers.toPost : { status: 200, body: JSON.stringify(answers.own ?? []) },
  );
  const ask = openClient({ url: server.url, token: toFixedToken("token"), remedy: "", clock });
  const read = toReader(us, clock, pino({ level: "silent" }));
  return { link: { ask, us, read, clock }, clock, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe("publishing with an answer that makes no sense", () => {
  const odd = { status: 200, body: JSON.stringify({ id: 60 }) };

  test("finds the post that was made of it", async () => {
    await using world = await openLink({ toPost: odd, own: [answer] });
    expect(await publish(reply, { ...world.link, leave: freely }, never)).toMatchObject({
      key: "mastodon:social.example/60",
    });
  });

  test.each([
    { title: "does not show it yet", own: [{ ...answer, id: "59", created_at: old, in_reply_to_id: "54" }] },
    { title: "cannot be read either", own: [{ ...answer, id: 60 }] },
  ])("is nothing to try again where the list $title", async ({ own }) => {
    await using world = await openLink({ toPost: odd, own });
    const failure = await publish(reply, { ...world.link, leave: freely }, never).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(Unavailable);
  });
});

describe("why the network refuses", () => {
  const refusal = { status: 422, body: '{"error":"Validation failed: @ben is no reader"}' };

  test("stands in the rejection of a public reply", async () => {
    await using world = await openLink({ toPost: refusal });
    const rejection = await publish(reply, { ...world.link, leave: freely }, never);
    expect(rejection).toMatchObject({
      reason: "refused",
      detail: "The network refused the reply: Validation failed: @ben is no reader",
    });
  });

  test("is not told of a private message, which everybody could read there", async () => {
    await using world = await openLink({ toPost: refusal });
    const rejection = await publish(message, { ...world.link, leave: freely }, never);
    expect(rejection).toMatchObject({ reason: "refused" });
    expect(JSON.stringify(rejection)).not.toContain("ben");
  });
});

describe("looking for a reply", () => {
  const before = { ...answer, id: "58", created_at: old, in_reply_to_id: "54" };

  test.each([
    { title: "absent where all can be read", own: [{ ...answer, in_reply_to_id: "54" }, before], is: "absent" },
    { title: "unknown where one cannot be read", own: [{ ...answer, content: null }, before], is: "unknown" },
    { title: "absent where only an older one cannot be read", own: [before, { ...before, id: 57 }], is: "absent" },
  ])("is $title", async ({ own, is }) => {
    await using world = await openLink({ own });
    const first = world.clock.now();
    world.clock.advance(600_000);
    expect(await find(reply, { first, last: first }, world.link, never)).toBe(is);
  });
});
