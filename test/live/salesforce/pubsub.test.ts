import PubSubApiClient from "salesforce-pubsub-api-client";
import type { SubscribeCallback } from "salesforce-pubsub-api-client";
import { openCrmUser } from "../../journeys/crm-user.ts";
import type { CrmUser } from "../../journeys/crm-user.ts";
import { waitFor } from "../../journeys/wait-for.ts";
import { openRecordedOrg } from "./recorded-org.ts";
import type { RecordedOrg } from "./recorded-org.ts";
import { toSelfSigned } from "./self-signed.ts";

/** The Pub/Sub client that Salesforce's people publish, against the events of the stand-in org. */

const TOPIC = "/data/Social_Reply__ChangeEvent";
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
function nothing(): void {
  return undefined;
}

interface Told {
  readonly replayId: number;
  readonly payload: Readonly<Record<string, unknown>> & {
    readonly ChangeEventHeader: Readonly<Record<string, unknown>>;
  };
}

let org: RecordedOrg;
let rita: CrmUser;
let bus: { readonly endpoint: string; close(): Promise<void> };
let client: PubSubApiClient;
let heard: Hearing | undefined;

beforeEach(async () => {
  org = await openRecordedOrg();
  rita = openCrmUser(org.url, org.org.tokenFor("rita@nordwind.example"));
  await open();
});
afterEach(async () => {
  await close();
  await org[Symbol.asyncDispose]();
});

async function open(): Promise<void> {
  bus = await org.org.listenPubSub(0, toSelfSigned());
  const options = {
    authType: "oauth-client-credentials",
    loginUrl: org.url,
    clientId: "sandbox",
    clientSecret: "sandbox",
    pubSubEndpoint: bus.endpoint,
    rejectUnauthorizedSsl: false,
  } as const;
  client = new PubSubApiClient(options, silent);
  await client.connect();
}

/** The bus goes first: the client closes with its streams open, and nobody listens to their errors any more. */
async function close(): Promise<void> {
  await bus.close();
  await heard?.end();
  heard = undefined;
  client.close();
}

interface Hearing {
  readonly events: readonly Told[];
  readonly asides: readonly string[];
  readonly errors: readonly string[];
  until(count: number): Promise<unknown>;
  /** Until the client has told that it is over. */
  end(): Promise<unknown>;
}

/** What a subscription tells, as it tells it. */
function listen(subscribe: (callback: SubscribeCallback) => void): Hearing {
  const events: Told[] = [];
  const asides: string[] = [];
  const errors: string[] = [];
  subscribe((_, kind, told) => {
    if (kind === "event") events.push(told as Told);
    else asides.push(kind);
    if (kind === "error") errors.push(String(told));
  });
  const until = (count: number) => waitFor(`${count} events`, () => Promise.resolve(events.length >= count));
  const end = () => waitFor("the end of the subscription", () => Promise.resolve(errors.length > 0));
  return { events, asides, errors, until, end };
}

function reply(text: string): Promise<string> {
  return rita.create("Social_Reply__c", { Text__c: text, Route__c: "Public reply", Status__c: "Draft" });
}

const headerOf = (told: Told | undefined) => told?.payload.ChangeEventHeader;

test("logs in by itself", () => {
  expect(org.calls()).toEqual(["POST /services/oauth2/token 200", "GET /services/oauth2/userinfo 200"]);
});

test("tells of a new reply and of its change, with the names of what changed", async () => {
  heard = listen((callback) => client.subscribeFromEarliestEvent(TOPIC, callback));
  const id = await reply("We look for it.");
  await heard.until(1);
  await rita.update("Social_Reply__c", id, { Text__c: "Found it." });
  await heard.until(2);
  const [created, changed] = heard.events;
  const users = await rita.query("SELECT Id FROM User WHERE Username = 'rita@nordwind.example'");
  expect(headerOf(created)).toMatchObject({
    entityName: "Social_Reply__c",
    changeType: "CREATE",
    recordIds: [id],
    commitUser: users[0]?.Id,
    changedFields: [],
  });
  expect(created?.payload).toMatchObject({ Text__c: "We look for it.", Status__c: "Draft", Route__c: "Public reply" });
  expect(headerOf(changed)).toMatchObject({ changeType: "UPDATE", recordIds: [id] });
  expect(headerOf(changed)?.["changedFields"]).toEqual(expect.arrayContaining(["LastModifiedDate", "Text__c"]));
  expect(changed?.payload).toMatchObject({ Text__c: "Found it.", Status__c: null });
});

test("goes on from a replay id that was kept", async () => {
  heard = listen((callback) => client.subscribeFromEarliestEvent(TOPIC, callback, 1));
  await reply("one");
  await heard.until(1);
  expect(heard.asides).toContain("lastEvent");
  const kept = heard.events[0]?.replayId ?? 0;
  await close();
  const missed = [await reply("two"), await reply("three")];
  await open();
  heard = listen((callback) => client.subscribeFromReplayId(TOPIC, callback, null, kept));
  await heard.until(2);
  expect(heard.events.map((event) => headerOf(event)?.["recordIds"])).toEqual(missed.map((id) => [id]));
});

test("a replay id that never was, and a topic that nobody selected, are refused as it expects", async () => {
  heard = listen((callback) => client.subscribeFromReplayId(TOPIC, callback, null, 7));
  await heard.end();
  expect(heard.errors[0]).toContain("INVALID_ARGUMENT");
  heard = listen((callback) => client.subscribe("/data/CaseChangeEvent", callback));
  await heard.end();
  expect(heard.errors[0]).toContain("NOT_FOUND");
});

test("is let in no more when its session ends", async () => {
  heard = listen((callback) => client.subscribeFromEarliestEvent(TOPIC, callback));
  await reply("one");
  await heard.until(1);
  await fetch(`${org.url}/sandbox/sessions`, { method: "DELETE" });
  await heard.end();
  expect(heard.errors[0]).toContain("UNAUTHENTICATED");
});
