import { pino } from "pino";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { mention, us } from "./fixtures/status.ts";
import { toNotifications, toWords } from "./lanes.ts";
import type { LaneOptions } from "./lanes.ts";
import { toReader } from "./reader.ts";

const clock = manualClock();
const options: LaneOptions = {
  ask: () => Promise.reject(new Error("Nothing is asked for here")),
  us,
  read: toReader(us, clock, pino({ level: "silent" })),
  clock,
  isSibling: (persona) => persona === "mastodon:social.example/accounts/2",
};
const sibling = { ...mention.account, id: "2", username: "nordwind_help", acct: "nordwind_help" };
const named = { id: "2", username: "nordwind_help", acct: "nordwind_help" };
const customer = { ...mention, mentions: [] };

describe("another account of ours", () => {
  test.each([
    { title: "what a customer says", post: customer, tells: true },
    { title: "what the other account says", post: { ...customer, account: sibling }, tells: false },
    { title: "what is said to the other account", post: { ...customer, mentions: [named] }, tells: false },
  ])("the words tell $title: $tells", ({ post, tells }) => {
    expect(toWords(options).fromList(post) !== undefined).toBe(tells);
    expect(toWords(options).fromStream({ event: "update", payload: post }) !== undefined).toBe(tells);
  });

  test.each([
    { title: "who names us", post: mention, tells: true },
    { title: "who names both of us", post: { ...mention, mentions: [...mention.mentions, named] }, tells: true },
    { title: "that the other account names us", post: { ...mention, account: sibling }, tells: false },
  ])("the notifications tell $title: $tells", ({ post, tells }) => {
    const lane = toNotifications(options);
    expect(lane.fromList({ id: "9", type: "mention", status: post }) !== undefined).toBe(tells);
    expect(lane.fromStream({ event: "status.update", payload: post }) !== undefined).toBe(tells);
  });
});

describe("deletions", () => {
  const say = (id: string, content: string) => ({ event: "update", payload: { ...customer, id, content } });
  const remove = (id: string) => ({ event: "delete", payload: id });

  test("on the public stream concern us where we may have told of the post", () => {
    const lane = toWords(options);
    lane.fromStream(say("100", "lost luggage"));
    lane.fromStream(say("101", "a nice day"));
    lane.fromList(say("102", "lost luggage, by the list").payload);
    const removed = ["099", "100", "101", "102", "103"].filter((id) => lane.fromStream(remove(id)) !== undefined);
    expect(removed).toEqual(["099", "100", "102"]);
  });

  test("on our own stream always concern us", () => {
    expect(toNotifications(options).fromStream(remove("103"))).toMatchObject({ type: "deleted" });
  });
});
