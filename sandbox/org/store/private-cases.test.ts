import { openCustomerMetadata, orgWideDefault } from "../../../test/fakes/customer-metadata.ts";
import { openTestOrg, queryPath, sourceFolders, type TestOrg, type Who } from "../testing/open-test-org.ts";

let customer: Awaited<ReturnType<typeof openCustomerMetadata>>;
let place: TestOrg;
let queues: ReadonlyMap<string, string>;

beforeAll(async () => {
  customer = await openCustomerMetadata(orgWideDefault("Case", "Private"));
  place = await openTestOrg({ metadata: [...sourceFolders, customer.path] });
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
