import {
  openCustomerMetadata,
  orgWideDefault,
  profileWithRecordTypes,
  recordType,
} from "../fakes/customer-metadata.ts";
import { findId, findUserId, type CrmRow, type CrmUser } from "./crm-user.ts";
import { earshot } from "./earshot.ts";
import type { NetworkUser } from "./network-user.ts";
import { openWorld, waitFor, type World } from "./world.ts";

// A customer whose Cases are private and have record types.

interface Finding {
  readonly what: string;
  readonly state: string;
  readonly detail: string;
  readonly remedy: string;
}

interface Parked {
  readonly reason: string;
  readonly detail: string;
}

const SECRET_WORD = "turquoise";

let customer: Awaited<ReturnType<typeof openCustomerMetadata>>;
let world: World;
let ada: CrmUser;
let rita: CrmUser;

beforeAll(async () => {
  customer = await openCustomerMetadata(
    orgWideDefault("Case", "Private"),
    orgWideDefault("Contact", "Private"),
    recordType("Case", "Complaint", ["Origin", "Phone", "Email"]),
    profileWithRecordTypes("Minimum Access - API Only Integrations", "Case.Complaint*"),
  );
  world = await openWorld({ customer: [customer.path] });
  [ada, rita] = [world.crmUser("ada"), world.crmUser("rita")];
}, 60_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await customer[Symbol.asyncDispose]();
});

const userId = (name: string) => findUserId(ada, name);

const FIELDS =
  "Id, Subject, Description, OwnerId, IsClosed, RecordType.DeveloperName, Origin, Social_Last_Inbound_At__c";
const casesOf = ({ handle }: NetworkUser) =>
  ada.query(`SELECT ${FIELDS} FROM Case WHERE Social_Persona__r.Handle__c LIKE '${handle}@%'`);

/** Somebody whose Case a rep has made her own. */
async function openOwned(handle: string): Promise<{ person: NetworkUser; remove: () => Promise<void>; found: CrmRow }> {
  const person = await world.person(handle);
  const post = await person.post(`@nordwind where is my ${SECRET_WORD} bag?`);
  const found = await waitFor("the Case", async () => (await casesOf(person))[0]);
  await rita.update("Case", found.Id, { OwnerId: await userId("rita") });
  return { person, found, remove: () => person.remove(post) };
}

async function sharingOfCases(): Promise<Finding | undefined> {
  const { out } = await earshot(world.config, "doctor", "--json");
  const { findings } = JSON.parse(out) as { findings: readonly Finding[] };
  return findings.find(({ what }) => what === "Sharing of Cases");
}

const parked = async (): Promise<readonly Parked[]> =>
  JSON.parse((await earshot(world.config, "parked", "list", "--json")).out) as Parked[];

const untilGone = (person: NetworkUser) =>
  waitFor("the words to be gone", async () => {
    const [row] = await casesOf(person);
    return row !== undefined && !JSON.stringify(row).includes(SECRET_WORD) && row;
  });

test("before there is a Case, doctor already says what private Cases take", async () => {
  expect(await sharingOfCases()).toMatchObject({
    state: "doubtful",
    remedy: expect.stringContaining("Social Connector Private Cases") as string,
  });
});

test("a post that is deleted leaves a rep's private Case once the connector may change it, and nothing is lost meanwhile", async () => {
  const { person, found, remove } = await openOwned("petra");
  expect(found).toMatchObject({ RecordType: { DeveloperName: "Complaint" }, Origin: "Social" });
  expect(await world.crmUser("sam").query("SELECT Id FROM Case")).toEqual([]);
  expect(await sharingOfCases()).toMatchObject({
    state: "bad",
    detail: expect.stringContaining("what they delete stays in these Cases") as string,
    remedy: expect.stringContaining("Social Connector Private Cases") as string,
  });

  await remove();
  const [entry] = await waitFor("the deletion to be parked", async () => {
    const standing = await parked();
    return standing.length > 0 && standing;
  });
  expect(entry?.detail).not.toContain(SECRET_WORD);

  await ada.create("PermissionSetAssignment", {
    AssigneeId: await userId("connector"),
    PermissionSetId: await findId(ada, "SELECT Id FROM PermissionSet WHERE Name = 'Social_Connector_Private_Cases'"),
  });
  expect(await sharingOfCases()).toMatchObject({ state: "good" });
  await earshot(world.config, "parked", "retry", "--all");
  expect(await untilGone(person)).toMatchObject({ Id: found.Id, OwnerId: await userId("rita") });
  await waitFor("nothing to be parked", async () => (await parked()).length === 0);
}, 60_000);

test("a sharing rule, Read/Write, does as well", async () => {
  const held = "Assignee.Username LIKE 'connector%' AND PermissionSet.Name = 'Social_Connector_Private_Cases'";
  await ada.remove(
    "PermissionSetAssignment",
    await findId(ada, `SELECT Id FROM PermissionSetAssignment WHERE ${held}`),
  );
  const { person, found, remove } = await openOwned("quentin");
  expect(await sharingOfCases()).toMatchObject({ state: "bad" });
  for (const { Id: CaseId } of await ada.query("SELECT Id FROM Case WHERE Origin = 'Social'")) {
    const UserOrGroupId = await userId("connector");
    await ada.create("CaseShare", { CaseId, UserOrGroupId, CaseAccessLevel: "Edit" });
  }
  expect(await sharingOfCases()).toMatchObject({ state: "good" });
  await remove();
  expect(await untilGone(person)).toMatchObject({ Id: found.Id });
}, 60_000);
