import type { Claimed } from "../../model/reply.ts";
import { toUs } from "./fixtures/us.ts";
import { toOrder } from "./to-order.ts";

const us = toUs();
const reply: Claimed = {
  key: "a01/1",
  row: "a01",
  attempt: 1,
  order: "send",
  account: us.account.key,
  route: "Public reply",
  text: "Hello",
  answered: {
    key: "bluesky:did:plc:anna/3l3qo2vuowo2b",
    conversation: undefined,
    visibility: "public",
    authorHandle: "anna.test",
    authorKey: "bluesky:did:plc:anna/profile",
  },
};
const message: Claimed = { ...reply, route: "Private message" };
const family = "👨‍👩‍👧‍👦";

test("what a reader sees as one character counts one, and all its bytes count too", () => {
  expect(toOrder({ ...reply, text: "ö".repeat(300) }, us)).toMatchObject({ kind: "post" });
  expect(toOrder({ ...reply, text: "ö".repeat(301) }, us)).toMatchObject({
    reason: "refused",
    detail: "The reply has 301 characters, the network takes 300. Shorten it and retry.",
  });
  expect(toOrder({ ...reply, text: family.repeat(100) }, us)).toMatchObject({ kind: "post" });
  expect(toOrder({ ...reply, text: family.repeat(200) }, us)).toMatchObject({ reason: "refused" });
});

test("a private message may be longer", () => {
  expect(toOrder({ ...message, text: "x".repeat(1000) }, us)).toMatchObject({ kind: "message", to: "did:plc:anna" });
  expect(toOrder({ ...message, text: "x".repeat(1001) }, us)).toMatchObject({ reason: "refused" });
});

test("what cannot be answered so is refused without asking", () => {
  const { answered } = reply;
  if (answered === undefined) throw new Error("It answers a post");
  const to = (changes: Partial<typeof answered>, one = reply) =>
    toOrder({ ...one, answered: { ...answered, ...changes } }, us);
  expect(to({ visibility: "private" })).toMatchObject({ reason: "private-post" });
  expect(to({ key: "mastodon:social.example/7" })).toMatchObject({ reason: "elsewhere" });
  expect(to({ key: "bluesky:did:plc:anna/my-post" })).toMatchObject({
    reason: "unusual-name",
    detail: expect.stringContaining("in Bluesky") as string,
  });
  expect(to({ authorKey: us.account.key }, message)).toMatchObject({ reason: "ours" });
  expect(toOrder({ ...reply, text: " \n" }, us)).toMatchObject({ reason: "empty" });
  expect(toOrder({ ...reply, route: "Broadcast" }, us)).toMatchObject({ reason: "route" });
});
