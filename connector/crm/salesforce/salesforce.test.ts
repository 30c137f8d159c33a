import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openTestOrg, sourceFolders, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import { onKnownCase, recallAndRecord, toOpening } from "../../../test/contracts/crm/drafts.ts";
import { company, never } from "../../../test/contracts/crm/place.ts";
import { orderFaults, salesforceOptions } from "../../../test/contracts/crm/salesforce-place.ts";
import { openDirectory } from "../../../test/fakes/directory.ts";
import { openCrmUser } from "../../../test/journeys/crm-user.ts";
import { Misconfigured } from "../../errors.ts";
import type { Crm } from "../crm.ts";
import { openSalesforce } from "./index.ts";

const [forceApp = "", orgSetup = "", customerFields = ""] = sourceFolders;
const SECRET = "hunter2";

let directory: Awaited<ReturnType<typeof openDirectory>>;

beforeAll(async () => {
  directory = await openDirectory();
});
afterAll(() => directory[Symbol.asyncDispose]());

/** A validation rule that the customer's admin adds: no such words on this object. */
function addRule(folder: string, object: string, formula: string): string {
  const rules = path.join(directory.path, folder, "objects", object, "validationRules");
  mkdirSync(rules, { recursive: true });
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<ValidationRule xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>House_Rule</fullName>
    <active>true</active>
    <errorConditionFormula>${formula}</errorConditionFormula>
    <errorMessage>House rule: no passwords here.</errorMessage>
</ValidationRule>`;
  writeFileSync(path.join(rules, "House_Rule.validationRule-meta.xml"), xml);
  return path.join(directory.path, folder);
}

async function openCrm(org: TestOrg): Promise<Crm> {
  const crm = await openSalesforce(salesforceOptions(org.url), never);
  await crm.report([{ account: company, health: "Connected", detail: "", lastHeardAt: undefined }], never);
  return crm;
}

describe("an org that is not as it must be is Misconfigured, with what to do", () => {
  test("without the package", async () => {
    await using org = await openTestOrg({ metadata: [] });
    const opening = openSalesforce(salesforceOptions(org.url), never);
    await expect(opening).rejects.toThrow(Misconfigured);
    await expect(opening).rejects.toThrow(/Install the Earshot package.*Social Connector/);
  });

  test.each([
    ["Social_Connector", forceApp],
    ["Social_Connector_Org", orgSetup],
  ])("without the permission set %s", async (name, folder) => {
    const copy = path.join(directory.path, `without-${name}`);
    const left = `${name}.permissionset-meta.xml`;
    cpSync(folder, copy, { recursive: true, filter: (file) => path.basename(file) !== left });
    const metadata = [forceApp, orgSetup, customerFields].map((one) => (one === folder ? copy : one));
    await using org = await openTestOrg({ metadata });
    await expect(openSalesforce(salesforceOptions(org.url), never)).rejects.toThrow(
      /permission sets.*Social Connector/,
    );
  });

  test("a copy of the org that is meant", async () => {
    await using org = await openTestOrg();
    const options = { ...salesforceOptions(org.url), orgId: "00D000000000001" };
    await expect(openSalesforce(options, never)).rejects.toThrow(/copy of an org/);
    const own = { ...options, orgId: org.org.organizationId.slice(0, 15) };
    await expect(openSalesforce(own, never)).resolves.toHaveProperty("record");
  });
});

test.each(["Mastodn__c", "Description"])(
  "a handle field %s that cannot be searched is named with its place",
  async (field) => {
    await using org = await openTestOrg();
    const options = salesforceOptions(org.url);
    const handles = [...options.handles, { network: "test", object: "Lead", field } as const];
    const opening = openSalesforce({ ...options, handles }, never);
    await expect(opening).rejects.toThrow(Misconfigured);
    await expect(opening).rejects.toThrow(`salesforce.handles[2].field`);
  },
);

test("opening ends when it is aborted, however long the org takes", async () => {
  await using org = await openTestOrg();
  await orderFaults(org.url, [{ match: { path: "/token" }, act: "hold" }]);
  const stop = new AbortController();
  const opening = openSalesforce(salesforceOptions(org.url), stop.signal);
  stop.abort(new Error("enough"));
  await expect(opening).rejects.toThrow("enough");
  await fetch(`${org.url}/sandbox/faults`, { method: "DELETE" });
});

test("a Case whose post never came to be loses its words, too", async () => {
  await using org = await openTestOrg();
  const crm = await openCrm(org);
  const opening = toOpening("orphan", "orphan", { text: `my password is ${SECRET}` });
  await recallAndRecord(crm, [opening]);
  const ada = openCrmUser(org.url, org.org.tokenFor("ada@nordwind.example"));
  const admin = org.org.store.actor("ada@nordwind.example");
  const [post] = await ada.query("SELECT Id FROM Social_Post__c");
  if (admin === undefined || post === undefined) throw new Error("nobody recorded anything");
  org.org.store.remove(admin, "Social_Post__c", post.Id);
  await crm.erase([{ key: opening.post.key, at: "2026-03-01T12:00:00.000Z" }], never);
  expect(JSON.stringify(await ada.query("SELECT Id, Subject, Description FROM Case"))).not.toContain(SECRET);
});

test.each([
  ["Social_Persona__c", `NOT(ISBLANK(Contact__c))`],
  ["Case", `NOT(ISBLANK(ContactId))`],
])("a rule of the customer's own on %s is no person's decision: it rejects the link", async (object, formula) => {
  const rule = addRule(`link-${object}`, object, formula);
  await using org = await openTestOrg({ metadata: [...sourceFolders, rule] });
  const crm = await openCrm(org);
  const ada = openCrmUser(org.url, org.org.tokenFor("ada@nordwind.example"));
  const opening = toOpening("linked", "linked");
  expect(await recallAndRecord(crm, [opening])).toEqual([undefined]);
  const contact = await ada.create("Contact", { LastName: "Berg" });
  const identity = { state: "Linked", link: { contact }, evidence: "Handle on record", found: true } as const;
  expect(await recallAndRecord(crm, [{ ...opening, identity }], onKnownCase("open"))).toMatchObject([
    { detail: expect.stringContaining("House rule") as string },
  ]);
});

test("a rule of the customer's own rejects its post, in the rule's words and none of the post's", async () => {
  const rule = addRule("house", "Social_Post__c", `CONTAINS(Excerpt__c, &quot;${SECRET}&quot;)`);
  await using org = await openTestOrg({ metadata: [...sourceFolders, rule] });
  const crm = await openCrm(org);
  const outcomes = await recallAndRecord(crm, [
    toOpening("rule-1", "rule_bad", { text: `my password is ${SECRET}` }),
    toOpening("rule-2", "rule_good"),
  ]);
  expect(outcomes).toMatchObject([
    { reason: "FIELD_CUSTOM_VALIDATION_EXCEPTION", detail: expect.stringContaining("House rule") as string },
    undefined,
  ]);
  expect(JSON.stringify(outcomes)).not.toContain(SECRET);
});

test("what Salesforce refuses with the value in its message is told without it", async () => {
  await using org = await openTestOrg();
  const crm = await openCrm(org);
  const opening = toOpening("long", "long");
  if (opening.home?.kind !== "new") throw new Error("it opens a Case");
  const home = { ...opening.home, subject: SECRET.repeat(100) };
  const [outcome] = await recallAndRecord(crm, [{ ...opening, home }]);
  expect(outcome).toMatchObject({ reason: "STRING_TOO_LONG", detail: expect.stringContaining("Subject") as string });
  expect(JSON.stringify(outcome)).not.toContain(SECRET);
});

test("a queue is kept when a Case is made and when it is changed: no assignment rule takes it", async () => {
  await using org = await openTestOrg();
  const crm = await openCrm(org);
  const ada = openCrmUser(org.url, org.org.tokenFor("ada@nordwind.example"));
  const opening = toOpening("queue", "queue");
  await recallAndRecord(crm, [opening]);
  const unknown = toOpening("queue-2", "queue_2");
  await recallAndRecord(crm, [
    { ...unknown, ...(unknown.triage && { triage: { ...unknown.triage, queue: "Nowhere" } }) },
  ]);
  const owners = await ada.query("SELECT Id, Owner.Name FROM Case ORDER BY CaseNumber");
  expect(owners.map((row) => row["Owner"])).toMatchObject([{ Name: "Social Priority" }, { Name: "Social Service" }]);
});

test("every write says that no assignment rule shall run", async () => {
  await using org = await openTestOrg();
  const crm = await openCrm(org);
  await orderFaults(org.url, [{ match: { path: "/composite", body: '"Sforce-Auto-Assign":"FALSE"' }, act: "503" }]);
  await expect(recallAndRecord(crm, [toOpening("header", "header")])).rejects.toMatchObject({ name: "Unavailable" });
});

test("a reply that a rule of the org holds back is claimed with the rule's words, and can be settled as Failed", async () => {
  await using org = await openTestOrg();
  const crm = await openCrm(org);
  const rita = openCrmUser(org.url, org.org.tokenFor("rita@nordwind.example"));
  const question = toOpening("listen", "listen");
  await recallAndRecord(crm, [question]);
  const [post] = await rita.query("SELECT Id, Social_Account__c FROM Social_Post__c");
  const row = await rita.create("Social_Reply__c", {
    Post__c: post?.Id,
    Social_Account__c: post?.["Social_Account__c"],
    Text__c: "Too late.",
    Route__c: "Public reply",
    Status__c: "Queued",
  });
  const silent = { ...company, mode: "listen-only" } as const;
  await crm.report([{ account: silent, health: "Connected", detail: "", lastHeardAt: undefined }], never);
  const reply = { key: `${row}/1`, row, attempt: 1, order: "send", account: company.key } as const;
  const [claimed] = await crm.claim([reply], never);
  expect(claimed?.refused).toEqual({ detail: expect.stringMatching(/only listen/) as string, mayBeOut: false });
  await crm.settle(reply, { status: "Failed", detail: claimed?.refused?.detail ?? "" }, never);
  const [settled] = await rita.query("SELECT Id, Status__c, Status_Detail__c FROM Social_Reply__c");
  expect(settled).toMatchObject({
    Status__c: "Failed",
    Status_Detail__c: expect.stringMatching(/only listen/) as string,
  });
});

test("a lock on the persona is no refusal of its post", async () => {
  await using org = await openTestOrg();
  const crm = await openCrm(org);
  const [one, other] = [toOpening("lock-1", "lock_1"), toOpening("lock-2", "lock_2")];
  await orderFaults(org.url, [{ match: { path: "/composite", body: "composite/sobjects" }, act: "lock" }]);
  const outcomes = await recallAndRecord(crm, [one, other]);
  expect(outcomes[0]).toBe("again");
  expect(outcomes.filter((outcome) => outcome !== "again" && outcome !== undefined)).toEqual([]);
});
