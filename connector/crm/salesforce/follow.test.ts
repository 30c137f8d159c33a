import { never } from "../../../test/contracts/crm/place.ts";
import { salesforceOptions } from "../../../test/contracts/crm/salesforce-place.ts";
import { openTestOrg, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import type { Values } from "../../../sandbox/org/store.ts";
import { openSalesforce } from "./index.ts";

function as(served: TestOrg, who: string) {
  const actor = served.org.store.actor(`${who}@nordwind.example`);
  if (actor === undefined) throw new Error(`There is no ${who}`);
  return actor;
}

test("a Case that becomes a customer's forgets what an earlier call saw: its rules must not stop the org's automation", async () => {
  await using served = await openTestOrg();
  const { store } = served.org;
  const crm = await openSalesforce(salesforceOptions(served.url), never);
  const create = (object: string, values: Values) => store.create(as(served, "connector"), object, values);
  const Social_Seen_Closed_At__c = "2026-03-01T10:00:00Z";
  const caseId = create("Case", { Origin: "Phone", Social_Seen_Length__c: 5, Social_Seen_Closed_At__c });
  const Persona__c = create("Social_Persona__c", { External_Key__c: "anna" });
  const said = { Direction__c: "Inbound", Posted_At__c: "2026-03-01T11:00:00Z", Conversation_Key__c: "talk" };
  create("Social_Post__c", { External_Key__c: "said", Persona__c, Case__c: caseId, ...said });
  const change = { key: "put", at: "2026-03-01T12:00:00.000Z", by: undefined, type: "case", post: "said" } as const;
  expect(await crm.follow([{ ...change, caseId }], never)).toEqual([undefined]);
  const fields = ["Social_Conversation_Key__c", "Social_Seen_Length__c", "Social_Seen_Closed_At__c"];
  expect(store.read(as(served, "ada"), "Case", caseId, fields)).toMatchObject({
    ...{ Social_Conversation_Key__c: "talk", Social_Seen_Length__c: null, Social_Seen_Closed_At__c: null },
  });
});
