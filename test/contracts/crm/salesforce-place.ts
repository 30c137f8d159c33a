import { systemClock } from "../../../connector/clock.ts";
import { openGate } from "../../../connector/crm/budget.ts";
import { openSalesforce, type SalesforceOptions } from "../../../connector/crm/salesforce/index.ts";
import { quoted } from "../../../connector/crm/salesforce/soql.ts";
import type { Key } from "../../../connector/model/glossary.ts";
import { openTestOrg, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import { openCrmUser, type CrmRow, type CrmUser } from "../../journeys/crm-user.ts";
import { waitFor } from "../../journeys/wait-for.ts";
import { toCoordinatorActs } from "./salesforce-coordinators.ts";
import { toPeopleActs } from "./salesforce-people.ts";
import { company, never, type CrmPlace, type SeenCase, type Trouble } from "./place.ts";

const ACTS: Readonly<Record<Trouble, string>> = {
  lock: "lock",
  unavailable: "503",
  "lost answer": "drop-after",
  hold: "hold",
};

export const salesforceOptions = (url: string, namespace = ""): SalesforceOptions => ({
  login: { loginUrl: url, clientId: "sandbox", clientSecret: "sandbox" },
  namespace,
  orgId: undefined,
  handles: [
    { network: "test", object: "Contact", field: "Mastodon__c" },
    { network: "test", object: "Lead", field: "Mastodon__c" },
  ],
  fallbackQueue: "Social_Service",
  sweepMs: 60_000,
  routes: () => [],
  clock: systemClock,
  budget: openGate,
});

/** Orders failures of the sandbox org; struck are calls that write rows. */
export async function orderFaults(url: string, faults: readonly object[]): Promise<void> {
  await fetch(`${url}/sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(faults),
  });
}

/**
 * The sandbox org, with force-app's own rules, and its people. The connector calls it at the address that `reach` gives. With a
 * namespace, force-app is a package that has it.
 */
export async function openSalesforcePlace(
  reach: (test: TestOrg) => Promise<string> = ({ url }) => Promise.resolve(url),
  namespace = "",
): Promise<CrmPlace> {
  let aheadMs = 0;
  let holding = 0;
  const test = await openTestOrg({ now: () => Date.now() + aheadMs, namespace });
  const crm = await openSalesforce(salesforceOptions(await reach(test), namespace), never);
  const people = toPeople(test);
  return {
    crm,
    ...toCases(people),
    ...toReplies(people),
    ...toPeopleActs({ url: test.url, rita: people.rita, ada: people.ada, crm }),
    ...toPosts(people),
    ...toCoordinatorActs(people.cora),
    async addCustomer(object, handle) {
      const fields = { LastName: "Berg", Mastodon__c: handle, ...(object === "Lead" ? { Company: "Berg" } : {}) };
      return await people.ada.create(object, fields);
    },
    async post(key) {
      const fields =
        "Id, Text__c, Private_Text__c, Excerpt__c, Version__c, Deleted_At__c, Case__c, Intent__c, Visibility__c";
      const row = await people.row(`SELECT ${fields} FROM Social_Post__c WHERE External_Key__c = ${quoted(key)}`);
      if (row === undefined) return undefined;
      return {
        text: toText(row["Text__c"] ?? row["Private_Text__c"] ?? row["Excerpt__c"]),
        version: Number(row["Version__c"]),
        gone: row["Deleted_At__c"] !== null,
        caseId: toText(row["Case__c"]),
        intent: toText(row["Intent__c"]),
        visibility: toText(row["Visibility__c"]),
      };
    },
    async activity(key) {
      const soql = `SELECT Id, Subject, Description FROM Task WHERE Social_Post_Key__c = ${quoted(key)}`;
      const row = await people.row(soql);
      return row === undefined ? undefined : `${String(row["Subject"])}\n${String(row["Description"])}`;
    },
    async decide(persona, contact) {
      const row = await people.row(`SELECT Id FROM Social_Persona__c WHERE External_Key__c = ${quoted(persona)}`);
      const change = { Contact__c: contact ?? null, Identity_Decided_By__c: "Rita Rep" };
      await people.ada.update("Social_Persona__c", row?.Id ?? "", change);
    },
    async contactOf(persona) {
      const soql = `SELECT Id, Contact__c FROM Social_Persona__c WHERE External_Key__c = ${quoted(persona)}`;
      return toText((await people.row(soql))?.["Contact__c"]);
    },
    async trouble(kind, skip = 0) {
      if (kind === "hold") holding += 1;
      const match = { path: "/composite", body: "composite/sobjects" };
      await orderFaults(test.url, [{ match, skip, act: ACTS[kind] }]);
    },
    async untilHeld() {
      await waitFor("a held call", async () => {
        const { held } = (await (await fetch(`${test.url}/sandbox/faults`)).json()) as { held: number };
        return held === holding;
      });
    },
    nextSecond() {
      aheadMs += 1000;
      return Promise.resolve();
    },
    async endTrouble() {
      holding = 0;
      await fetch(`${test.url}/sandbox/faults`, { method: "DELETE" });
    },
    async calls() {
      const { byKind } = (await (await fetch(`${test.url}/sandbox/calls`)).json()) as {
        byKind: Record<string, number>;
      };
      await fetch(`${test.url}/sandbox/calls`, { method: "DELETE" });
      return byKind["composite"] ?? 0;
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

interface People {
  readonly rita: CrmUser;
  readonly ada: CrmUser;
  readonly cora: CrmUser;
  readonly row: (soql: string) => Promise<CrmRow | undefined>;
  readonly remove: (object: string, id: string) => void;
}

function toPeople({ org, url }: TestOrg): People {
  const as = (name: string): CrmUser => openCrmUser(url, org.tokenFor(`${name}@nordwind.example`), org.spelling);
  const ada = as("ada");
  return {
    ada,
    rita: as("rita"),
    cora: as("cora"),
    row: async (soql) => (await ada.query(soql))[0],
    remove(object, id) {
      const admin = org.store.actor("ada@nordwind.example");
      if (admin === undefined) throw new Error("there is no admin");
      org.store.remove(admin, org.spelling.own(object), id);
    },
  };
}

function toPosts({
  ada,
  row,
  remove,
}: People): Pick<CrmPlace, "changeActivity" | "correctIntent" | "movePost" | "removeActivity"> {
  const post = async (key: Key): Promise<string> =>
    (await row(`SELECT Id FROM Social_Post__c WHERE External_Key__c = ${quoted(key)}`))?.Id ?? "";
  const task = async (key: Key): Promise<string> =>
    (await row(`SELECT Id FROM Task WHERE Social_Post_Key__c = ${quoted(key)}`))?.Id ?? "";
  return {
    async changeActivity(key, { subject, note }) {
      await ada.update("Task", await task(key), {
        ...(subject === undefined ? {} : { Subject: subject }),
        ...(note === undefined ? {} : { Description: note }),
      });
    },
    async removeActivity(key) {
      remove("Task", await task(key));
    },
    async correctIntent(key, intent) {
      await ada.update("Social_Post__c", await post(key), { Intent__c: intent });
    },
    async movePost(key) {
      const made = await ada.create("Case", { Subject: "Mine" });
      await ada.update("Social_Post__c", await post(key), { Case__c: made });
      return made;
    },
  };
}

function toCases({ ada, rita, remove }: People): Pick<CrmPlace, "casesOf" | "changeCase" | "removeCase" | "takeCase"> {
  return {
    async casesOf(persona: Key) {
      const fields =
        "Id, Social_Case_Key__c, Subject, Description, OwnerId, Priority, ContactId, IsClosed, Status, " +
        "Social_Posted_At__c, Social_Detected_At__c, Social_Triaged_At__c, " +
        "Social_Last_Inbound_At__c, Social_First_Response_At__c";
      const rows = await ada.query(
        `SELECT ${fields} FROM Case WHERE Social_Persona__r.External_Key__c = ${quoted(persona)} ORDER BY CaseNumber`,
      );
      return rows.map(toSeenCase);
    },
    async changeCase(id, { isOpen, isWorkedOn, subject, description, priority, contact }) {
      await ada.update("Case", id, {
        ...(isOpen === undefined ? {} : { Status: isOpen ? "New" : "Closed" }),
        ...(isWorkedOn === undefined ? {} : { Status: "Working" }),
        ...(subject === undefined ? {} : { Subject: subject }),
        ...(description === undefined ? {} : { Description: description }),
        ...(priority === undefined ? {} : { Priority: priority }),
        ...(contact === undefined ? {} : { ContactId: contact }),
      });
    },
    removeCase: async (id) => {
      remove("Case", id);
      return Promise.resolve();
    },
    async takeCase(id) {
      const [user] = await rita.query("SELECT Id FROM User WHERE Username = 'rita@nordwind.example'");
      await ada.update("Case", id, { OwnerId: user?.Id });
      return user?.Id ?? "";
    },
  };
}

function toSeenCase(row: CrmRow): SeenCase {
  return {
    id: row.Id,
    key: toText(row["Social_Case_Key__c"]),
    subject: toText(row["Subject"]),
    description: toText(row["Description"]),
    ownerId: String(row["OwnerId"]),
    priority: String(row["Priority"]),
    contact: toText(row["ContactId"]),
    isOpen: row["IsClosed"] === false,
    status: String(row["Status"]),
    postedAt: toTime(row["Social_Posted_At__c"]),
    detectedAt: toTime(row["Social_Detected_At__c"]),
    triagedAt: toTime(row["Social_Triaged_At__c"]),
    lastInboundAt: toTime(row["Social_Last_Inbound_At__c"]),
    firstResponseAt: toTime(row["Social_First_Response_At__c"]),
  };
}

function toReplies({
  rita,
  row,
  remove,
}: People): Pick<CrmPlace, "addReply" | "changeReply" | "decideReply" | "removeReply" | "reply"> {
  const idOf = async (object: string, key: Key): Promise<string> =>
    (await row(`SELECT Id FROM ${object} WHERE External_Key__c = ${quoted(key)}`))?.Id ?? "";
  return {
    changeReply: (id, text) => rita.update("Social_Reply__c", id, { Text__c: text }),
    addReply: async ({ post, text = "An answer.", sendAfter, isDraft = false, caseId }) =>
      await rita.create("Social_Reply__c", {
        Post__c: await idOf("Social_Post__c", post),
        Social_Account__c: await idOf("Social_Account__c", company.key),
        Text__c: text,
        Route__c: "Public reply",
        Status__c: isDraft ? "Draft" : "Queued",
        ...(sendAfter === undefined ? {} : { Send_After__c: sendAfter }),
        ...(caseId === undefined ? {} : { Case__c: caseId }),
      }),
    decideReply: (id, decision) => rita.update("Social_Reply__c", id, { Decision__c: decision }),
    removeReply: async (id) => {
      remove("Social_Reply__c", id);
      return Promise.resolve();
    },
    async reply(id) {
      const words = ["Text__c", "Private_Text__c", "Sent_Text__c"];
      const fields = `Id, Status__c, Attempt__c, Decision__c, Status_Detail__c, Sent_Post_Key__c, ${words.join(", ")}`;
      const found = await row(`SELECT ${fields} FROM Social_Reply__c WHERE Id = '${id}'`);
      return {
        status: String(found?.["Status__c"]),
        attempt: Number(found?.["Attempt__c"]),
        decision: toText(found?.["Decision__c"]),
        detail: toText(found?.["Status_Detail__c"]),
        sentPostKey: toText(found?.["Sent_Post_Key__c"]),
        text: words.flatMap((field) => toText(found?.[field]) ?? []).join("\n"),
      };
    },
  };
}

const toText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const toTime = (value: unknown): string | undefined =>
  typeof value === "string" ? new Date(value).toISOString() : undefined;
