import type { Claimed } from "../../model/reply.ts";
import { us } from "./fixtures/status.ts";
import { toStatus } from "./to-status.ts";

const answered = {
  key: "mastodon:social.example/55",
  conversation: "mastodon:social.example/50",
  visibility: "public",
  authorHandle: "anna@social.example",
  authorKey: "mastodon:social.example/accounts/7",
} as const;

const reply: Claimed = {
  key: "a01/1",
  row: "a01",
  attempt: 1,
  order: "send",
  account: us.account.key,
  route: "Public reply",
  text: "We look for it.",
  answered,
};

test("a public reply is public", () => {
  expect(toStatus(reply, us)).toEqual({
    status: "@anna@social.example We look for it.",
    in_reply_to_id: "55",
    visibility: "public",
  });
});

test("a private message is direct, to a public post or a private one", () => {
  const direct = { in_reply_to_id: "55", visibility: "direct" };
  const message: Claimed = { ...reply, route: "Private message" };
  expect(toStatus(message, us)).toMatchObject(direct);
  expect(toStatus({ ...message, answered: { ...answered, visibility: "private" } }, us)).toMatchObject(direct);
});

test("an answer to our own post names nobody", () => {
  const own = { ...answered, authorHandle: us.account.handle, authorKey: us.account.key };
  expect(toStatus({ ...reply, answered: own }, us)).toMatchObject({ status: "We look for it." });
});

test("a private message may name its reader and us, and everybody else's mail", () => {
  const text = "@anna write to @nordwind or help@ben.example";
  expect(toStatus({ ...reply, route: "Private message", text }, us)).toMatchObject({ status: text });
});

test.each<{ title: string; reason: string; changes: Partial<Claimed> }>([
  { title: "nothing to say", reason: "empty", changes: { text: " \n" } },
  { title: "a post that the CRM has lost", reason: "gone", changes: { answered: undefined } },
  {
    title: "a post of another instance",
    reason: "elsewhere",
    changes: { answered: { ...answered, key: "mastodon:elsewhere.example/55" } },
  },
  {
    title: "an id that is none",
    reason: "elsewhere",
    changes: { answered: { ...answered, key: "mastodon:social.example/../accounts" } },
  },
  {
    title: "a public answer to a private post",
    reason: "private-post",
    changes: { answered: { ...answered, visibility: "private" } },
  },
  { title: "a broadcast", reason: "route", changes: { route: "Broadcast" } },
  {
    title: "a private message that names a stranger",
    reason: "names-others",
    changes: { route: "Private message", text: "as @ben told you" },
  },
])("there is no status for $title", ({ changes, reason }) => {
  expect(toStatus({ ...reply, ...changes }, us)).toMatchObject({ reason });
});

test("does not repeat whom a private message names, where everybody reads why it failed", () => {
  const rejection = toStatus({ ...reply, route: "Private message", text: "as @ben told you" }, us);
  expect(JSON.stringify(rejection)).not.toContain("ben");
});

test("there is no status where we only listen", () => {
  const silent = { ...us, account: { ...us.account, mode: "listen-only" as const } };
  expect(toStatus(reply, silent)).toMatchObject({ reason: "listen-only" });
});
