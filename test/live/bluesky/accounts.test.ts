import { pino } from "pino";
import { systemClock } from "../../../connector/clock.ts";
import { Disconnected, Misconfigured, Stopped } from "../../../connector/errors.ts";
import { openBluesky } from "../../../connector/sources/bluesky/index.ts";
import type { Source } from "../../../connector/sources/source.ts";
import { toReply } from "../../contracts/source/scene.ts";
import { follow } from "../../fakes/follow.ts";
import type { Following } from "../../fakes/follow.ts";
import { openHost } from "./host.ts";
import { openNetwork } from "./network.ts";
import type { Network } from "./network.ts";
import type { Person } from "./person.ts";
import { freely } from "../../fakes/leave.ts";

/** What a real server does with accounts, and what the connector makes of it. */

const host = openHost();
const never = new AbortController().signal;
let network: Network;
let company: Person;
let anna: Person;

beforeEach(async () => {
  network = await openNetwork(host);
  company = await network.person("nordwind");
  anna = await network.person("anna");
});
afterEach(() => network[Symbol.asyncDispose]());
afterAll(() => host[Symbol.asyncDispose]());

function open(password: string): Promise<Source & AsyncDisposable> {
  return openBluesky({
    handle: company.handle,
    password,
    service: network.front.url,
    jetstream: network.jetstream.url,
    plc: network.plc,
    messages: true,
    words: [],
    mode: "engage",
    clock: systemClock,
    log: pino({ level: "silent" }),
  });
}

async function followLive(source: Source): Promise<Following> {
  const following = follow(source, "jetstream");
  await following.untilConfirmed(2);
  return following;
}

const failureOf = (action: Promise<unknown> | undefined): Promise<unknown> =>
  Promise.resolve(action).then(
    () => undefined,
    (error: unknown) => error,
  );

test("whoever the moderators take down takes along all that we hold of them, and nobody else's", async () => {
  await using source = await open(await company.newAppPassword("Earshot", true));
  await using following = await followLive(source);
  const ben = await network.person("ben");
  const said = [await anna.say("@nordwind.test my bag"), await anna.say("@nordwind.test my other bag")];
  await ben.say("@nordwind.test mine too");
  await following.untilPosts(3);
  await network.takeDown(anna.did, true);
  await following.until(() => following.events.length === 5);
  const gone = following.events.slice(3).map((event) => (event.type === "deleted" ? event.post : event.type));
  expect(gone.toSorted()).toEqual(said.toSorted());
});

test("whoever rests loses nothing", async () => {
  await using source = await open(await company.newAppPassword("Earshot", true));
  await using following = await followLive(source);
  const ben = await network.person("ben");
  await anna.say("@nordwind.test my bag");
  await anna.deactivate();
  await ben.say("@nordwind.test mine too");
  await following.untilPosts(2);
  expect(following.events.map(({ type }) => type)).toEqual(["posted", "posted"]);
});

test("whoever takes another name stays who they are", async () => {
  await using source = await open(await company.newAppPassword("Earshot", true));
  await using following = await followLive(source);
  await anna.say("@nordwind.test my bag");
  const [before] = await following.untilPosts(1);
  await anna.rename("anna-lind.test");
  await anna.say("@nordwind.test still my bag");
  const [, after] = await following.untilPosts(2);
  expect(before?.author.handle).toBe("anna.test");
  expect(after?.author).toMatchObject({ key: before?.author.key, handle: "anna-lind.test" });
});

test("when the moderators take us down replies wait, and go when we are back", async () => {
  await using source = await open(await company.newAppPassword("Earshot", true));
  await using following = await followLive(source);
  const key = await anna.say("@nordwind.test my bag");
  const [post] = await following.untilPosts(1);
  if (post === undefined) throw new Error("Nothing was heard");
  const reply = toReply(source, post, "We look for it.");
  await network.takeDown(company.did, true);
  const failure = await failureOf(source.publish?.(reply, never, freely));
  expect(failure).toBeInstanceOf(Disconnected);
  expect((failure as Disconnected).remedy).toContain("Log in to Bluesky");
  await network.takeDown(company.did, false);
  await source.publish?.(reply, never, freely);
  expect(await anna.answersTo(key, company)).toEqual(["We look for it."]);
});

test("a password that was revoked is told to the operator with the way back", async () => {
  const password = await company.newAppPassword("Earshot", true);
  await company.revokeAppPassword("Earshot");
  const refused = await failureOf(open(password));
  expect(refused).toBeInstanceOf(Misconfigured);
  expect((refused as Error).message).toContain("make a new app password");
});

test("an account that rests, or is taken down, is not opened", async () => {
  const password = await company.newAppPassword("Earshot", true);
  await network.takeDown(company.did, true);
  // The server says of its app passwords no more than of a wrong one.
  const unknown = await failureOf(open(password));
  expect(unknown).toBeInstanceOf(Misconfigured);
  expect((unknown as Error).message).toContain("an account that is suspended is refused in the same words");
  await network.takeDown(company.did, false);
  await company.deactivate();
  const refused = await failureOf(open(password));
  expect(refused).toBeInstanceOf(Misconfigured);
  expect((refused as Error).message).toContain("suspended, deactivated or taken down");
});

test("an app password without direct messages hears and answers in public, and says what it lacks", async () => {
  await using source = await open(await company.newAppPassword("Earshot", false));
  await using following = await followLive(source);
  const key = await anna.say("@nordwind.test my bag");
  const [post] = await following.untilPosts(1);
  if (post === undefined) throw new Error("Nothing was heard");
  expect(await source.lacks?.(never)).toEqual([expect.stringContaining("direct messages")]);
  await using messages = follow(source, "messages");
  expect(await failureOf(messages.ended)).toBeInstanceOf(Stopped);
  expect(await source.publish?.(toReply(source, post, "In private", "Private message"), never, freely)).toMatchObject({
    reason: "refused",
    detail: expect.stringContaining("app password") as string,
  });
  await source.publish?.(toReply(source, post, "In public"), never, freely);
  expect(await anna.answersTo(key, company)).toEqual(["In public"]);
});
