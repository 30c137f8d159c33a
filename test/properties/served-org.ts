import type { Clock } from "../../connector/clock.ts";
import { openSalesforce } from "../../connector/crm/salesforce/index.ts";
import type { Crm } from "../../connector/crm/crm.ts";
import { openTestOrg, type TestOrg } from "../../sandbox/org/testing/open-test-org.ts";
import { company, never } from "../contracts/crm/place.ts";
import { salesforceOptions } from "../contracts/crm/salesforce-place.ts";
import { openCrmUser, type CrmRow, type CrmUser } from "../journeys/crm-user.ts";

/** The sandbox org with the connector's own client, and people who use it. */
export interface ServedOrg extends AsyncDisposable {
  readonly crm: Crm;
  readonly test: TestOrg;
  readonly ada: CrmUser;
  readonly rita: CrmUser;
  /** The connector's and the org's; nobody who sleeps waits. */
  readonly clock: Clock;
  /** While this lasts the connector's clock shows so much less. */
  withClockBack<T>(ms: number, meanwhile: () => Promise<T>): Promise<T>;
}

export async function openServedOrg(now: () => number = Date.now): Promise<ServedOrg> {
  const test = await openTestOrg({ now });
  let backMs = 0;
  const clock: Clock = {
    ...{ now: () => new Date(now() - backMs).toISOString(), monotonicMs: now },
    sleep: () => Promise.resolve(),
  };
  const crm = await openSalesforce({ ...salesforceOptions(test.url), clock }, never);
  const news = { account: company, health: "Connected", detail: "", lastHeardAt: undefined, coverage: [] } as const;
  await crm.report([news], never);
  const as = (name: string): CrmUser => openCrmUser(test.url, test.org.tokenFor(`${name}@nordwind.example`));
  return {
    crm,
    test,
    clock,
    ada: as("ada"),
    rita: as("rita"),
    async withClockBack(ms, meanwhile) {
      backMs = ms;
      try {
        return await meanwhile();
      } finally {
        backMs = 0;
      }
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

const POST = [
  ...["Version__c", "Text__c", "Private_Text__c", "Excerpt__c", "Deleted_At__c", "Case__r.Social_Case_Key__c"],
  ...["Contact__r.LastName", "Sentiment__c", "Intent__c", "Topics__c", "Needs_Response__c", "Triage_Reason__c"],
  ...["Conversation_Key__c", "Parent_Key__c", "Kind__c", "Edited_At__c"],
];
const CASE = [
  ...["Subject", "Description", "Status", "Priority", "Parent.Social_Case_Key__c", "Contact.LastName"],
  ...["Social_Conversation_Key__c", "Social_Opening_Post_Key__c", "Social_Opening_Version__c", "OwnerId"],
  ...["Social_Posted_At__c", "Social_Last_Inbound_At__c", "Social_First_Response_At__c", "Social_Response_Due__c"],
];

/** What the CRM holds of the run, without ids and without what the moment of writing tells. */
export async function readRun({ ada }: ServedOrg, run: string): Promise<readonly unknown[]> {
  const like = `LIKE '%${run}%'`;
  const rows = await Promise.all([
    ada.query(`SELECT External_Key__c, ${POST.join(", ")} FROM Social_Post__c WHERE External_Key__c ${like}`),
    ada.query(`SELECT Social_Case_Key__c, ${CASE.join(", ")} FROM Case WHERE Social_Case_Key__c ${like}`),
    ada.query(
      "SELECT Social_Post_Key__c, Subject, Description, Who.LastName, Social_Post_Version__c " +
        `FROM Task WHERE Social_Post_Key__c ${like}`,
    ),
    ada.query(
      "SELECT External_Key__c, Identity__c, Contact__r.LastName, Identity_Decided_By__c " +
        `FROM Social_Persona__c WHERE External_Key__c ${like}`,
    ),
  ]);
  return rows
    .flatMap((some) => some.toSorted((one, other) => (toName(one) < toName(other) ? -1 : 1)))
    .map(withoutAddress);
}

function toName(row: CrmRow): string {
  return String(row["External_Key__c"] ?? row["Social_Case_Key__c"] ?? row["Social_Post_Key__c"]);
}

/** Each row says where it is to be found, and with that its id. */
function withoutAddress(row: object): object {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => name !== "attributes" && name !== "Id")
      .map(([name, value]: [string, unknown]) => [name, isRow(value) ? withoutAddress(value) : value]),
  );
}

function isRow(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
