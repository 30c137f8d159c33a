import { cpSync } from "node:fs";
import path from "node:path";
import { openTestOrg, sourceFolders, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import { recallAndRecord, toOpening } from "../../../test/contracts/crm/drafts.ts";
import { company, never } from "../../../test/contracts/crm/place.ts";
import { salesforceOptions } from "../../../test/contracts/crm/salesforce-place.ts";
import { openDirectory } from "../../../test/fakes/directory.ts";
import { openCrmUser } from "../../../test/journeys/crm-user.ts";
import type { Crm } from "../crm.ts";
import { openSalesforce } from "./index.ts";

const open = (org: TestOrg): Promise<Crm> =>
  openSalesforce({ ...salesforceOptions(org.url), queues: ["Social_Priority"] }, never);

/** What is done of what is left to people, by the words it begins with. */
async function done(crm: Crm, what: string): Promise<boolean | undefined> {
  const chore = (await crm.chores(never)).find((one) => one.what.startsWith(what));
  expect(chore?.where).not.toBe("");
  return chore?.done;
}

test("the connector and the first Case are left to do until there is an account, and a Case", async () => {
  await using org = await openTestOrg();
  await using crm = await open(org);
  expect([await done(crm, "The connector"), await done(crm, "The first Case")]).toEqual([false, false]);
  await crm.report(
    [{ account: company, health: "Connected", detail: "", lastHeardAt: undefined, coverage: [] }],
    never,
  );
  expect([await done(crm, "The connector"), await done(crm, "The first Case")]).toEqual([true, false]);
  await recallAndRecord(crm, [toOpening("first", "first")]);
  expect(await done(crm, "The first Case")).toBe(true);
});

test("queues without members, sets that nobody has, and the connector's set in a person's hands are seen", async () => {
  await using org = await openTestOrg();
  await using crm = await open(org);
  const admin = org.org.store.actor("ada@nordwind.example");
  if (admin === undefined) throw new Error("there is no admin");
  const ada = openCrmUser(org.url, org.org.tokenFor("ada@nordwind.example"));
  const remove = async (object: string, where: string): Promise<void> => {
    for (const { Id } of await ada.query(`SELECT Id FROM ${object} WHERE ${where}`)) {
      org.org.store.remove(admin, object, Id);
    }
  };
  expect(await done(crm, "Members of the queues")).toBe(true);
  await remove("GroupMember", "Group.DeveloperName = 'Social_Priority'");
  expect(await done(crm, "Members of the queues")).toBe(false);

  expect(await done(crm, "Permission sets of your people")).toBe(true);
  await remove("PermissionSetAssignment", "PermissionSet.Name = 'Social_Coordinator'");
  expect(await done(crm, "Permission sets of your people")).toBe(false);

  expect(await done(crm, "Social Connector is for")).toBe(true);
  const [set] = await ada.query("SELECT Id FROM PermissionSet WHERE Name = 'Social_Connector'");
  const assignment = { AssigneeId: admin.id, PermissionSetId: set?.Id };
  org.org.store.create(admin, "PermissionSetAssignment", assignment);
  expect(await done(crm, "Social Connector is for")).toBe(false);
});

test("a Case origin that the org has not is found, with where to add it", async () => {
  await using directory = await openDirectory();
  const [forceApp = "", orgSetup = "", customerFields = ""] = sourceFolders;
  const copy = path.join(directory.path, "org-setup");
  cpSync(orgSetup, copy, { recursive: true, filter: (file) => !file.endsWith("CaseOrigin.standardValueSet-meta.xml") });
  await using org = await openTestOrg({ metadata: [forceApp, copy, customerFields] });
  await using crm = await open(org);
  const found = (await crm.examine(never)).find(({ what }) => what === "Case origin");
  expect(found).toMatchObject({ state: "doubtful", remedy: expect.stringContaining("Case Origin") as string });
});
