import { openCustomerMetadata, orgWideDefault, role } from "../../../test/fakes/customer-metadata.ts";
import { people } from "../seed/people.ts";
import { openTestOrg, queryPath, sourceFolders, type TestOrg, type Who } from "../testing/open-test-org.ts";

let customer: Awaited<ReturnType<typeof openCustomerMetadata>>;
let place: TestOrg;
let queues: ReadonlyMap<string, string>;

beforeAll(async () => {
  customer = await openCustomerMetadata(
    orgWideDefault("Case", "Private"),
    orgWideDefault("Contact", "Private"),
    ...[role("Directors"), role("Service_Lead", "Directors"), role("Service", "Service_Lead")],
  );
  const roles: Record<string, string> = { rita: "Service", cora: "Directors" };
  place = await openTestOrg({
    metadata: [...sourceFolders, customer.path],
    people: people.map((person) => {
      const own = roles[person.username.split("@")[0] ?? ""];
      return own === undefined ? person : { ...person, role: own };
    }),
  });
  const found = await rows("ada", "SELECT Id, DeveloperName FROM Group WHERE Type = 'Queue'");
  queues = new Map(found.map((row) => [String(row["DeveloperName"]), String(row["Id"])]));
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
  await customer[Symbol.asyncDispose]();
});

async function rows(who: Who, soql: string): Promise<readonly Record<string, unknown>[]> {
  const { body } = await place.call(who, `GET ${queryPath(soql)}`);
  return (body as { records: Record<string, unknown>[] }).records;
}

async function createCase(owner: string | undefined): Promise<string> {
  const { body } = await place.call("ada", "POST /sobjects/Case", {
    body: { Subject: "Bag", OwnerId: owner },
    headers: { "Sforce-Auto-Assign": "FALSE" },
  });
  return (body as { id: string }).id;
}

const sees = async (who: Who, id: string): Promise<boolean> =>
  (await rows(who, `SELECT Id FROM Case WHERE Id = '${id}'`)).length === 1;

test("a queue's Cases are seen and changed by its members, by those who see all, and by nobody else", async () => {
  const id = await createCase(queues.get("Social_Service"));
  expect(await sees("rita", id)).toBe(true);
  expect(await sees("ada", id)).toBe(true);
  expect(await sees("sam", id)).toBe(false);
  const change = { body: { Subject: "Bags" } };
  expect(await place.call("rita", `PATCH /sobjects/Case/${id}`, change)).toMatchObject({ status: 204 });
  expect(await place.call("sam", `PATCH /sobjects/Case/${id}`, change)).toMatchObject({ status: 404 });
});

test("who sees all Cases finds those of others, and is refused to change them", async () => {
  const id = await createCase(undefined);
  expect(await sees("rita", id)).toBe(false);
  expect(await sees("connector", id)).toBe(true);
  const change = { body: { Status: "Working" }, headers: { "Sforce-Auto-Assign": "FALSE" } };
  expect(await place.call("connector", `PATCH /sobjects/Case/${id}`, change)).toMatchObject({
    status: 403,
    body: [{ errorCode: "INSUFFICIENT_ACCESS_OR_READONLY" }],
  });
});

test("a post on a Case that a rep may not see is seen without its Case", async () => {
  const Case__c = await createCase(undefined);
  const post = { External_Key__c: "test:1", Network__c: "mastodon", Visibility__c: "public", Version__c: 0, Case__c };
  expect(await place.call("connector", "POST /sobjects/Social_Post__c", { body: post })).toMatchObject({
    body: { success: true },
  });
  const [row] = await rows("rita", "SELECT External_Key__c, Case__r.Subject FROM Social_Post__c");
  expect(row).toMatchObject({ External_Key__c: "test:1" });
  expect(JSON.stringify(row)).not.toContain("Bag");
});

/** The rights on one Case that somebody has, as they read them themselves. */
async function rightsOf(who: Who, id: string): Promise<Record<string, unknown> | undefined> {
  const [user] = await rows(who, `SELECT Id FROM User WHERE Username = '${who}@nordwind.example'`);
  const fields = "RecordId, HasReadAccess, HasEditAccess, HasDeleteAccess";
  const soql = `SELECT ${fields} FROM UserRecordAccess WHERE UserId = '${String(user?.["Id"])}' AND RecordId IN ('${id}')`;
  return (await rows(who, soql))[0];
}

test("who stands above the owner, or above a queue's member, sees and changes their Cases; who stands below does not", async () => {
  const [rita] = await rows("ada", "SELECT Id FROM User WHERE Username = 'rita@nordwind.example'");
  const [cora] = await rows("ada", "SELECT Id FROM User WHERE Username = 'cora@nordwind.example'");
  const [ritas, queued, coras] = [
    await createCase(String(rita?.["Id"])),
    await createCase(queues.get("Social_Service")),
    await createCase(String(cora?.["Id"])),
  ];
  const change = { body: { Subject: "Bags" }, headers: { "Sforce-Auto-Assign": "FALSE" } };
  for (const id of [ritas, queued]) {
    expect(await sees("cora", id)).toBe(true);
    expect(await place.call("cora", `PATCH /sobjects/Case/${id}`, change)).toMatchObject({ status: 204 });
  }
  expect(await sees("rita", coras)).toBe(false);
  expect(await rightsOf("cora", ritas)).toMatchObject({ HasReadAccess: true, HasEditAccess: true });
  expect(await rightsOf("rita", coras)).toMatchObject({ RecordId: coras, HasReadAccess: false, HasEditAccess: false });
});

test("a Case is shared with one person or a group, for reading or for both", async () => {
  const id = await createCase(undefined);
  const [sam] = await rows("ada", "SELECT Id FROM User WHERE Username = 'sam@nordwind.example'");
  const share = (UserOrGroupId: unknown, CaseAccessLevel: string) =>
    place.call("ada", "POST /sobjects/CaseShare", { body: { CaseId: id, UserOrGroupId, CaseAccessLevel } });
  await share(sam?.["Id"], "Read");
  expect(await rightsOf("sam", id)).toMatchObject({ HasReadAccess: true, HasEditAccess: false });
  await share(queues.get("Social_Priority"), "Edit");
  expect(await rightsOf("rita", id)).toMatchObject({ HasEditAccess: true, HasDeleteAccess: false });
  expect(await rightsOf("nora", id)).toMatchObject({ HasReadAccess: false });
  expect(await place.call("sam", "POST /sobjects/CaseShare", { body: {} })).not.toMatchObject({ status: 201 });
});

test("nobody points to a row that they may not see, and a row that points there already may be changed", async () => {
  const { body } = await place.call("ada", "POST /sobjects/Contact", { body: { LastName: "Berg" } });
  const ContactId = (body as { id: string }).id;
  const headers = { "Sforce-Auto-Assign": "FALSE" };
  const refused = await place.call("rita", "POST /sobjects/Case", { body: { Subject: "Bag", ContactId }, headers });
  expect(refused).toMatchObject({
    status: 400,
    body: [{ errorCode: "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", fields: ["ContactId"] }],
  });
  const id = await createCase(queues.get("Social_Service"));
  await place.call("ada", `PATCH /sobjects/Case/${id}`, { body: { ContactId }, headers });
  const change = { body: { Subject: "Bags", ContactId }, headers };
  expect(await place.call("rita", `PATCH /sobjects/Case/${id}`, change)).toMatchObject({ status: 204 });
});

test("the org says what it shares by default", async () => {
  expect(await rows("connector", "SELECT DefaultCaseAccess, DefaultAccountAccess FROM Organization")).toMatchObject([
    { DefaultCaseAccess: "None", DefaultAccountAccess: "Edit" },
  ]);
});
