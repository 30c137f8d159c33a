import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openTestOrg, sourceFolders, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import { onKnownCase, recallAndRecord, toEdit, toOpening } from "../../../test/contracts/crm/drafts.ts";
import { company, never } from "../../../test/contracts/crm/place.ts";
import { orderFaults, salesforceOptions } from "../../../test/contracts/crm/salesforce-place.ts";
import { openDirectory } from "../../../test/fakes/directory.ts";
import { openCrmUser } from "../../../test/journeys/crm-user.ts";
import { systemClock } from "../../clock.ts";
import { Misconfigured, Unavailable } from "../../errors.ts";
import type { Gap } from "../../model/coverage.ts";
import { openGate, type Gate } from "../budget.ts";
import type { Crm, Finding, News } from "../crm.ts";
import { openSalesforce, type SalesforceOptions } from "./index.ts";

const [forceApp = "", orgSetup = "", customerFields = ""] = sourceFolders;
const SECRET = "hunter2";
const { handles } = salesforceOptions("");

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
  await crm.report(
    [{ account: company, health: "Connected", detail: "", lastHeardAt: undefined, coverage: [] }],
    never,
  );
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

  test.each([
    ["earshot", "", "has the namespace earshot: set salesforce.namespace to it"],
    ["", "earshot", "has no namespace: leave salesforce.namespace empty"],
    ["earshot", "acme", "has the namespace earshot: set salesforce.namespace to it"],
  ])("a package with the namespace %j where the configuration says %j", async (namespace, configured, remedy) => {
    await using org = await openTestOrg({ namespace });
    const opening = openSalesforce(salesforceOptions(org.url, configured), never);
    await expect(opening).rejects.toThrow(Misconfigured);
    await expect(opening).rejects.toThrow(`The Earshot package of this org ${remedy}`);
  });

  test("a package from before rules were kept there, whoever asks for them first", async () => {
    const copy = path.join(directory.path, "without-rules");
    cpSync(forceApp, copy, { recursive: true });
    const file = path.join(copy, "permissionsets/Social_Connector.permissionset-meta.xml");
    const part = /<(fieldPermissions|objectPermissions)>(?:(?!<\/\1>)[^])*Social_Rule__c[^]*?<\/\1>/g;
    writeFileSync(file, readFileSync(file, "utf8").replace(part, ""));
    await using org = await openTestOrg({ metadata: [copy, orgSetup, customerFields] });
    const crm = await openSalesforce(salesforceOptions(org.url), never);
    const asked = [crm.kept(never), crm.changes(undefined, never)[Symbol.asyncIterator]().next()];
    for (const one of await Promise.allSettled(asked))
      expect(one).toMatchObject({
        reason: { name: "Misconfigured", message: expect.stringContaining("Install the Earshot package") as unknown },
      });
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

test("of a Case that a person named, words that an edit replaced go from behind the name, too", async () => {
  await using org = await openTestOrg();
  const crm = await openCrm(org);
  const opening = toOpening("named", "named", { text: `my password is ${SECRET}` });
  await recallAndRecord(crm, [opening]);
  const ada = openCrmUser(org.url, org.org.tokenFor("ada@nordwind.example"));
  const [made] = await ada.query("SELECT Id FROM Case");
  await ada.update("Case", made?.Id ?? "", { Subject: "Seat 12C" });
  expect(await recallAndRecord(crm, [toEdit(opening, "new words")])).toEqual([undefined]);
  const fields = "Subject, Description, Social_Opening_Subject__c";
  const connector = openCrmUser(org.url, org.org.tokenFor("connector@nordwind.example"));
  const [named] = await connector.query(`SELECT Id, ${fields} FROM Case`);
  expect(named).toMatchObject({ Subject: "Seat 12C", Social_Opening_Subject__c: "Case: new words" });
  expect(JSON.stringify(named)).not.toContain(SECRET);
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
  const ada = openCrmUser(org.url, org.org.tokenFor("ada@nordwind.example"));
  await ada.update("Social_Account__c", String(post?.["Social_Account__c"]), { Mode__c: "Listen only" });
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

describe("what is reported of our accounts", () => {
  const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, "0")}:00.000Z`;
  const toGap = (minute: number, closed: boolean) => ({
    ...{
      from: at(minute),
      cause: "unreachable",
      detail: "The network did not answer.",
      openedAt: at(minute),
      brought: 0,
    },
    ...(closed ? { to: at(minute + 1), closedAt: at(minute + 2) } : {}),
  });
  const cut: News = {
    ...{ account: company, health: "Disconnected", detail: "The token is refused.", lastHeardAt: undefined },
    coverage: [
      {
        ...{ feed: "mentions", since: at(0), heardUntil: undefined },
        gaps: Array.from({ length: 30 }, (_, index) => toGap(index, index < 29) as Gap),
      },
    ],
    task: { since: at(29), subject: "Earshot: nordwind is disconnected", remedy: "Give it a new token." },
  };

  test("tells the latest gaps, and leaves the mode to admins", async () => {
    await using org = await openTestOrg();
    const crm = await openCrm(org);
    const ada = openCrmUser(org.url, org.org.tokenFor("ada@nordwind.example"));
    const [born] = await ada.query("SELECT Id, Mode__c FROM Social_Account__c");
    expect(born).toMatchObject({ Mode__c: "Engage" });
    await ada.update("Social_Account__c", born?.Id ?? "", { Mode__c: "Listen only" });
    await crm.report([cut], never);
    const fields = "Id, Mode__c, Health__c, Health_Detail__c, Open_Gaps__c, Last_Gap_At__c, Coverage__c";
    const [told] = await ada.query(`SELECT ${fields} FROM Social_Account__c`);
    expect(told).toMatchObject({
      ...{ Mode__c: "Listen only", Health__c: "Disconnected", Health_Detail__c: "The token is refused." },
      ...{ Open_Gaps__c: 1, Last_Gap_At__c: "2026-03-01T10:29:00.000+0000" },
    });
    const gaps = JSON.parse(String(told?.["Coverage__c"])) as readonly object[];
    expect(gaps).toHaveLength(20);
    expect(gaps[0]).toMatchObject({ feed: "mentions", from: at(29), cause: "unreachable" });
  });

  test.each([
    ["ada@nordwind.example", "Ada Admin"],
    ["Social_Service", "Earshot Connector"],
    ["nobody@nordwind.example", "Earshot Connector"],
  ])("gives %s one Task, which then is %s's", async (coordinator, owner) => {
    await using org = await openTestOrg();
    const crm = await openSalesforce({ ...salesforceOptions(org.url), coordinator }, never);
    const ada = openCrmUser(org.url, org.org.tokenFor("ada@nordwind.example"));
    const tasks = () => ada.query("SELECT Id, Subject, Description, Priority, IsClosed, Owner.Name FROM Task");
    await crm.report([cut], never);
    const [made] = await tasks();
    expect(made).toMatchObject({
      ...{ Subject: cut.task?.subject, Description: cut.task?.remedy, Priority: "High", IsClosed: false },
      Owner: { Name: owner },
    });
    await ada.update("Task", made?.Id ?? "", { Subject: "On it", Status: "Completed" });
    const another = await openSalesforce({ ...salesforceOptions(org.url), coordinator }, never);
    await another.report([cut], never);
    expect(await tasks()).toMatchObject([{ Subject: "On it", IsClosed: true }]);
  });
});

describe("an examination of the org", () => {
  async function examined(org: TestOrg, change: Partial<SalesforceOptions> = {}) {
    const known = { orgId: org.org.organizationId, coordinator: "ada@nordwind.example" };
    const options = { ...salesforceOptions(org.url), ...known, queues: ["Social_Priority"] };
    const crm = await openSalesforce({ ...options, ...change }, never);
    return await crm.examine(never);
  }
  const faults = (findings: readonly Finding[]) => findings.filter(({ state }) => state !== "good");

  test("finds an org good that is as it must be, with a remedy nowhere", async () => {
    await using org = await openTestOrg();
    const findings = await examined(org);
    expect(faults(findings)).toEqual([]);
    expect(findings.length).toBeGreaterThanOrEqual(7);
    expect(findings.map(({ remedy }) => remedy).join("")).toBe("");
  });

  test.each<[string, Partial<SalesforceOptions>, string]>([
    ["a queue that is not there", { queues: ["Nowhere"] }, "Queues"],
    ["no queue at all for Cases", { fallbackQueue: "Nowhere" }, "Queues"],
    ["a coordinator whom nobody knows", { coordinator: "nobody@nordwind.example" }, "Coordinator"],
    ["a clock that is ahead", { clock: { ...systemClock, now: () => "2030-01-01T00:00:00.000Z" } }, "Clock of the org"],
    ["a handle field that is named twice", { handles: [...handles, ...handles] }, "Handle fields"],
    ["no org named, so that a copy would be served too", { orgId: undefined }, "Copies of the org"],
    ["events that cannot be reached", { events: { endpoint: "127.0.0.1:9", insecure: true } }, "Events"],
  ])("names %s, with what to do", async (_what, change, what) => {
    await using org = await openTestOrg();
    const found = faults(await examined(org, change));
    expect(found).toMatchObject([{ what }]);
    expect(found[0]?.remedy).not.toBe("");
  });

  test("finds events good that can be heard, and says what to select where they cannot", async () => {
    await using org = await openTestOrg();
    await using folder = await openDirectory();
    // Like org-setup, but that nobody selected what changes are told of.
    const filter = (path: string): boolean => !path.includes("platformEventChannelMembers");
    cpSync("org-setup/main/default", folder.path, { recursive: true, filter });
    const metadata = sourceFolders.map((source) => (source.startsWith("org-setup") ? folder.path : source));
    await using without = await openTestOrg({ metadata });
    const found = async (test: TestOrg) => {
      const { endpoint } = await test.org.listenPubSub(0);
      const findings = await examined(test, { events: { endpoint, insecure: true }, fallbackQueue: "Social_Service" });
      return findings.find(({ what }) => what === "Events");
    };
    expect(await found(org)).toMatchObject({ state: "good" });
    expect((await found(without))?.remedy).toMatch(/Change Data Capture/);
  });

  test("names a permission set that is not assigned, and calls that run out", async () => {
    await using org = await openTestOrg();
    const ada = openCrmUser(org.url, org.org.tokenFor("ada@nordwind.example"));
    const set = "PermissionSet.Name = 'Social_Connector' AND Assignee.Username LIKE 'connector%'";
    const crm = await openSalesforce({ ...salesforceOptions(org.url), coordinator: "ada@nordwind.example" }, never);
    const [assigned] = await ada.query(`SELECT Id FROM PermissionSetAssignment WHERE ${set}`);
    const admin = org.org.store.actor("ada@nordwind.example");
    if (assigned === undefined || admin === undefined) throw new Error("nothing is assigned");
    org.org.store.remove(admin, "PermissionSetAssignment", assigned.Id);
    await fetch(`${org.url}/sandbox/limits`, {
      ...{ method: "POST", headers: { "content-type": "application/json" } },
      body: JSON.stringify({ dailyApiRequests: 12 }),
    });
    const found = faults(await crm.examine(never)).map(({ what }) => what);
    expect(found).toEqual(expect.arrayContaining(["Earshot package", "Permission sets", "API calls of the org"]));
  });
});

test("what coordinators keep is read and answered on the calls that are left for posts which ask", async () => {
  await using org = await openTestOrg();
  const take: Gate["take"] = (kind, urgency) =>
    urgency === "reply" || urgency === "urgent" ? Promise.resolve() : Promise.reject(new Unavailable(`No ${kind} now`));
  const crm = await openSalesforce({ ...salesforceOptions(org.url), budget: { ...openGate, take } }, never);
  const id = await openCrmUser(org.url, org.org.tokenFor("cora@nordwind.example")).create("Social_Rule__c", {
    Name: "One",
  });
  await crm.remark([{ on: "rule", id, state: "Switched off", detail: "" }], never);
  expect(await crm.kept(never)).toMatchObject({ rules: [{ id, name: "One" }] });
});
