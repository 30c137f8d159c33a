import { openTestOrg, sourceFolders, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import { onKnownCase, recallAndRecord, toDraft, toOpening } from "../../../test/contracts/crm/drafts.ts";
import { linked } from "../../../test/contracts/crm/editing.ts";
import { company, never } from "../../../test/contracts/crm/place.ts";
import { salesforceOptions } from "../../../test/contracts/crm/salesforce-place.ts";
import {
  duplicateRule,
  openCustomerMetadata,
  orgWideDefault,
  type Made,
} from "../../../test/fakes/customer-metadata.ts";
import { toTestPost } from "../../../test/fakes/posts.ts";
import { openCrmUser, type CrmUser } from "../../../test/journeys/crm-user.ts";
import type { Crm } from "../crm.ts";
import { openSalesforce } from "./index.ts";

// What the connector meets in orgs whose administrators have made more than we brought.

interface CustomerOrg extends AsyncDisposable {
  readonly crm: Crm;
  readonly ada: CrmUser;
  order(what: string, body?: object): Promise<void>;
  /** A row as the API gives it by its id. */
  read(object: string, id: string): Promise<unknown>;
}

async function openCustomerOrg(...made: readonly Made[]): Promise<CustomerOrg> {
  const customer = await openCustomerMetadata(...made);
  const org: TestOrg = await openTestOrg({ metadata: [...sourceFolders, customer.path] });
  const crm = await openSalesforce(salesforceOptions(org.url), never);
  const news = { account: company, health: "Connected", detail: "", lastHeardAt: undefined, coverage: [] } as const;
  await crm.report([news], never);
  return {
    crm,
    ada: openCrmUser(org.url, org.org.tokenFor("ada@nordwind.example")),
    async order(what, body = {}) {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${org.url}/sandbox/${what}`, { method: "POST", headers, body: JSON.stringify(body) });
      expect(answer.status).toBe(204);
    },
    read: async (object, id) => (await org.call("ada", `GET /sobjects/${object}/${id}`)).body,
    async [Symbol.asyncDispose]() {
      await crm[Symbol.asyncDispose]();
      await org[Symbol.asyncDispose]();
      await customer[Symbol.asyncDispose]();
    },
  };
}

test("an org without room says so and what to do, loses nothing, and lets deleted words be erased", async () => {
  await using org = await openCustomerOrg();
  const [before, after] = [toOpening("before", "anna"), toOpening("after", "berta")];
  await recallAndRecord(org.crm, [before]);
  await org.order("setup", { storage: "full" });
  const [refused] = await recallAndRecord(org.crm, [after]);
  expect(refused).toEqual({
    reason: "STORAGE_LIMIT_EXCEEDED",
    detail: expect.stringContaining("make room, or buy more") as string,
  });
  await org.crm.erase([{ key: before.post.key, at: "2026-03-02T10:00:00.000Z" }], never);
  expect(await org.ada.query("SELECT Description FROM Case WHERE Origin = 'Social'")).toMatchObject([
    { Description: null },
  ]);

  await org.order("setup", { storage: "free" });
  expect(await recallAndRecord(org.crm, [after])).toEqual([undefined]);
  expect(await org.ada.query("SELECT Id FROM Case WHERE Origin = 'Social'")).toHaveLength(2);
});

test("a duplicate rule that alerts people stops none of our rows, one that blocks is told with what to do", async () => {
  const [one, two] = [toOpening("one", "anna"), toOpening("two", "berta")];
  const alike = {
    ...two,
    post: { ...two.post, author: { ...two.post.author, displayName: one.post.author.displayName } },
  };
  {
    await using org = await openCustomerOrg(...duplicateRule("Social_Persona__c", "Display_Name__c", "Alert"));
    expect(await recallAndRecord(org.crm, [one])).toEqual([undefined]);
    expect(await recallAndRecord(org.crm, [alike])).toEqual([undefined]);
  }
  await using org = await openCustomerOrg(...duplicateRule("Social_Persona__c", "Display_Name__c", "Block"));
  expect(await recallAndRecord(org.crm, [one])).toEqual([undefined]);
  expect(await recallAndRecord(org.crm, [alike])).toEqual([
    { reason: "DUPLICATES_DETECTED", detail: expect.stringContaining("Let the duplicate rule pass") as string },
  ]);
  expect(await recallAndRecord(org.crm, [one])).toEqual([undefined]);
});

test("the words of a deleted post go from its Task that was archived a year later, too", async () => {
  await using org = await openCustomerOrg();
  const contact = await org.ada.create("Contact", { LastName: "Berg" });
  const opening = { ...toOpening("old", "anna", { text: "hunter2" }), identity: linked(contact), task: true } as const;
  expect(await recallAndRecord(org.crm, [opening])).toEqual([undefined]);
  const [task] = await org.ada.query("SELECT Id, Description FROM Task");
  if (task === undefined) throw new Error("there is no Task");
  expect(task["Description"]).toContain("hunter2");
  await org.ada.update("Task", task.Id, { Status: "Completed", ActivityDate: "2020-01-01" });
  await org.order("archive");
  expect(await org.ada.query("SELECT Id FROM Task")).toEqual([]);

  await org.crm.erase([{ key: opening.post.key, at: "2026-03-02T10:00:00.000Z" }], never);
  expect(await org.read("Task", task.Id)).toMatchObject({ IsArchived: true, Description: null });
});

test("where Cases are private and not shared with the connector, it opens Cases, and says what it needs to go on with them", async () => {
  await using org = await openCustomerOrg(orgWideDefault("Case", "Private"));
  const opening = toOpening("private", "anna");
  expect(await recallAndRecord(org.crm, [opening])).toEqual([undefined]);
  const next = toDraft(
    toTestPost("next", "anna", { conversation: opening.post.key, postedAt: "2026-03-01T11:00:00.000Z" }),
  );
  expect(await recallAndRecord(org.crm, [next], onKnownCase("open"))).toEqual([
    { reason: "INSUFFICIENT_ACCESS_OR_READONLY", detail: expect.stringContaining("sharing rule") as string },
  ]);
});
