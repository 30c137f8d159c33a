import { seedOrg } from "../../../sandbox/seed-org.ts";
import type { Actor } from "../../../sandbox/org/access.ts";
import type { Values } from "../../../sandbox/org/store.ts";
import { openTestOrg, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";

/** An org in which something of everything was said, answered and set. */
export interface Scene extends AsyncDisposable {
  readonly org: TestOrg["org"];
  readonly actor: (name: string) => Actor;
  /** Ids by what the rows are. */
  readonly ids: Readonly<Record<Row, string>>;
}

type Row =
  | "account"
  | "contact"
  | "lead"
  | "customer"
  | "case"
  | "persona"
  | "post"
  | "loose"
  | "private"
  | "draft"
  | "failed"
  | "privateDraft"
  | "listener"
  | "rule";

export const CONVERSATION = "test/conversation";
const THEN = "2026-11-20T10:00:00.000Z";

export async function openScene(): Promise<Scene> {
  const now = Date.parse("2026-11-22T10:00:00.000Z");
  const served = await openTestOrg({ now: () => now });
  const { org } = served;
  seedOrg(org);
  const actor = (name: string): Actor => {
    const found = org.store.actor(`${name}@nordwind.example`);
    if (found === undefined) throw new Error(`There is no ${name}`);
    return found;
  };
  const create = (who: string, object: string, values: Values): string => org.store.create(actor(who), object, values);
  const first = (object: string): string => {
    const id = org.store.query(actor("ada"), `SELECT Id FROM ${object} LIMIT 1`).records[0]?.["Id"];
    if (typeof id !== "string") throw new Error(`There is no ${object}`);
    return id;
  };
  const said = sayAll(create, { contact: first("Contact"), lead: first("Lead"), customer: first("Account") });
  const failed = create("rita", "Social_Reply__c", answer(said, "Queued"));
  for (const Status__c of ["Sending", "Failed"]) {
    const told = Status__c === "Failed" ? { Status_Detail__c: "Gone." } : {};
    org.store.update(actor("connector"), "Social_Reply__c", failed, { Status__c, ...told });
  }
  const settings = { Active__c: true, Name: "of a colleague" };
  const ids = {
    ...said,
    failed,
    draft: create("rita", "Social_Reply__c", answer(said, "Draft")),
    privateDraft: create("rita", "Social_Reply__c", { ...answer(said, "Draft"), Post__c: said.private, ...inPrivate }),
    listener: create("ada", "Social_Listener__c", { ...settings, Words__c: "northwind" }),
    rule: create("ada", "Social_Rule__c", { ...settings, Order__c: 10, Response__c: "Needed" }),
  };
  return { org, actor, ids, [Symbol.asyncDispose]: () => served[Symbol.asyncDispose]() };
}

export const inPrivate = { Text__c: null, Private_Text__c: "Only between us.", Route__c: "Private message" };

type Create = (who: string, object: string, values: Values) => string;

/** A customer's public question on a Case, with our answer, one on none, and a private message. */
function sayAll(
  create: Create,
  people: { readonly contact: string; readonly lead: string; readonly customer: string },
) {
  const by = (object: string, values: Values): string => create("connector", object, values);
  const account = by("Social_Account__c", {
    ...{ External_Key__c: "test/us", Network__c: "mastodon", Handle__c: "nordwind", Mode__c: "Engage" },
    ...{ Health__c: "Disconnected", Health_Detail__c: "Log in again.", Open_Gaps__c: 1, Last_Heard_At__c: THEN },
  });
  const persona = by("Social_Persona__c", {
    ...{ External_Key__c: "test/anna", Network__c: "mastodon", Handle__c: "anna", Display_Name__c: "Anna" },
    ...{ Identity__c: "Suggested", Identity_Evidence__c: "A name alike.", Contact__c: people.contact },
  });
  const keyed = { Social_Case_Key__c: "test/conversation|anna|1", Social_Conversation_Key__c: CONVERSATION };
  const times = { Social_Last_Inbound_At__c: THEN, Social_Response_Due__c: THEN, Social_Posted_At__c: THEN };
  const joined = { Social_Persona__c: persona, Social_Account__c: account };
  const found = by("Case", { ...keyed, ...times, ...joined, Subject: "Where is my bag?", Origin: "Social" });
  const post = (key: string, values: Values): string =>
    by("Social_Post__c", {
      ...{ External_Key__c: key, Version__c: 1, Network__c: "mastodon", Kind__c: "mention", Direction__c: "Inbound" },
      ...{ Visibility__c: "public", Text__c: "Where is my bag?", Excerpt__c: "Where is my bag?", Posted_At__c: THEN },
      ...{ Conversation_Key__c: CONVERSATION, Persona__c: persona, Social_Account__c: account, ...values },
    });
  const onCase = { Case__c: found, Contact__c: people.contact };
  const asked = post("test/1", {
    ...onCase,
    Sentiment__c: "negative",
    Intent__c: "complaint",
    Needs_Response__c: true,
  });
  post("test/2", { ...onCase, Direction__c: "Outbound", Text__c: "On its way.", Parent_Key__c: "test/1" });
  return {
    ...people,
    ...{ account, persona, case: found, post: asked },
    loose: post("test/3", { Lead__c: people.lead, Conversation_Key__c: "test/other", Needs_Response__c: true }),
    private: post("test/4", {
      ...onCase,
      Visibility__c: "private",
      Text__c: null,
      Excerpt__c: null,
      Private_Text__c: "My number is 7.",
    }),
  };
}

const answer = ({ post, account, case: found }: { post: string; account: string; case: string }, status: string) => ({
  ...{ Post__c: post, Social_Account__c: account, Case__c: found, Text__c: "We look for it." },
  ...{ Route__c: "Public reply", Status__c: status },
});
