import {
  openCustomerMetadata,
  profileWithRecordTypes,
  recordType,
  restrictedPicklist,
} from "../../../test/fakes/customer-metadata.ts";
import { openTestOrg, queryPath, sourceFolders, type TestOrg, type Who } from "../testing/open-test-org.ts";

let customer: Awaited<ReturnType<typeof openCustomerMetadata>>;
let place: TestOrg;

beforeAll(async () => {
  customer = await openCustomerMetadata(
    restrictedPicklist("Case", "Region__c", "North", "South"),
    recordType("Case", "Social_Complaint", ["Region__c", "North", "South*"]),
    recordType("Case", "Repair", ["Region__c", "North"]),
    recordType("Case", "Phone_Only", ["Origin", "Phone"]),
    profileWithRecordTypes("Minimum Access - API Only Integrations", "Case.Social_Complaint*", "Case.Phone_Only"),
    profileWithRecordTypes("System Administrator", "Case.Repair", "Case.Phone_Only"),
  );
  place = await openTestOrg({ metadata: [...sourceFolders, customer.path] });
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
  await customer[Symbol.asyncDispose]();
});

async function rows(soql: string): Promise<readonly Record<string, unknown>[]> {
  const { body } = await place.call("ada", `GET ${queryPath(soql)}`);
  return (body as { records: Record<string, unknown>[] }).records;
}

const typeId = async (name: string): Promise<unknown> =>
  (await rows(`SELECT Id FROM RecordType WHERE SobjectType = 'Case' AND DeveloperName = '${name}'`))[0]?.["Id"];

const create = (who: Who, body: object) =>
  place.call(who, "POST /sobjects/Case", { body, headers: { "Sforce-Auto-Assign": "FALSE" } });

async function made(who: Who, body: object): Promise<Record<string, unknown> | undefined> {
  const { body: answer } = await create(who, body);
  const id = (answer as { id: string }).id;
  return (
    await rows(`SELECT RecordTypeId, RecordType.DeveloperName, Region__c, Origin FROM Case WHERE Id = '${id}'`)
  )[0];
}

test("a Case gets the default record type of its maker's profile, with that type's values; without one, none", async () => {
  expect(await made("connector", { Subject: "Bag" })).toMatchObject({
    RecordType: { DeveloperName: "Social_Complaint" },
    Region__c: "South",
  });
  expect(await made("ada", { Subject: "Bag" })).toMatchObject({ RecordTypeId: null, Region__c: null });
});

test("nobody gives a record type that their profile and permission sets do not have", async () => {
  expect(await made("ada", { RecordTypeId: await typeId("Repair") })).toMatchObject({
    RecordType: { DeveloperName: "Repair" },
  });
  expect(await create("connector", { RecordTypeId: await typeId("Repair") })).toMatchObject({
    status: 400,
    body: [{ errorCode: "INVALID_CROSS_REFERENCE_KEY", fields: ["RecordTypeId"] }],
  });
});

test("a value that the record type leaves out is refused where the picklist is restricted, and taken where it is not", async () => {
  expect(await create("ada", { RecordTypeId: await typeId("Repair"), Region__c: "South" })).toMatchObject({
    status: 400,
    body: [{ errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", fields: ["Region__c"] }],
  });
  const phone = { RecordTypeId: await typeId("Phone_Only"), Origin: "Social" };
  expect(await made("connector", phone)).toMatchObject({ Origin: "Social" });
});
