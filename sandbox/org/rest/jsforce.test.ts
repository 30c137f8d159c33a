import jsforce, { type Connection } from "jsforce";
import { openTestOrg, type TestOrg } from "../testing/open-test-org.ts";

/** What the connector does, with the client it uses. */
let place: TestOrg;
let connector: Connection;
let ada: Connection;

const key = "External_Key__c";
const persona = (n: number): Record<string, unknown> => ({
  External_Key__c: `mastodon:h:${n}`,
  Network__c: "mastodon",
  Handle__c: `h${n}`,
});

beforeAll(async () => {
  place = await openTestOrg();
  const oauth2 = { loginUrl: place.url, clientId: "sandbox", clientSecret: "sandbox" };
  connector = new jsforce.Connection({ loginUrl: place.url, version: "66.0", oauth2 });
  await connector.authorize({ grant_type: "client_credentials" });
  ada = place.as("ada");
});

afterAll(() => place[Symbol.asyncDispose]());

test("client credentials sign in as the connector's user", async () => {
  const identity = await connector.identity();
  expect(identity.username).toBe("connector@nordwind.example");
  expect(identity.organization_id).toBe(place.org.organizationId);
});

test("a wrong secret is told as Salesforce tells it", async () => {
  const oauth2 = { loginUrl: place.url, clientId: "sandbox", clientSecret: "wrong" };
  const stranger = new jsforce.Connection({ loginUrl: place.url, oauth2 });
  await expect(stranger.authorize({ grant_type: "client_credentials" })).rejects.toThrow("invalid client credentials");
});

test("upsert in its array form creates, then updates, and keeps every character of the key", async () => {
  const rows = ["a/b", "q?x=1", "h#1", "é:1"].map((each) => ({ ...persona(0), External_Key__c: each }));
  const created = await connector.sobject("Social_Persona__c").upsert(rows, key);
  expect(created).toMatchObject(rows.map(() => ({ success: true, created: true })));
  const again = await connector.sobject("Social_Persona__c").upsert(rows, key);
  expect(again).toEqual(created.map(({ id }) => ({ id, success: true, created: false, errors: [] })));
  const { records } = await connector.query("SELECT External_Key__c FROM Social_Persona__c WHERE Handle__c = 'h0'");
  expect(records.map((row) => String(row[key])).sort()).toEqual(["a/b", "h#1", "q?x=1", "é:1"]);
});

test("450 rows go in three calls and come back in pages of 200", async () => {
  const rows = Array.from({ length: 450 }, (_, n) => persona(1000 + n));
  const saved = await connector.sobject("Social_Persona__c").upsert(rows, key, { allowRecursive: true });
  expect(saved.filter((each) => each.success)).toHaveLength(450);
  const headers = { "Sforce-Query-Options": "batchSize=200" };
  const soql = "SELECT Id FROM Social_Persona__c WHERE Handle__c LIKE 'h1%' ORDER BY Id";
  const first = await connector.query(soql, { headers });
  expect([first.records.length, first.done, first.totalSize]).toEqual([200, false, 450]);
  const second = await connector.queryMore(first.nextRecordsUrl ?? "");
  const third = await connector.queryMore(second.nextRecordsUrl ?? "");
  expect([second.records.length, third.records.length, third.done]).toEqual([200, 50, true]);
  const ids = [...first.records, ...second.records, ...third.records].map((row) => row.Id);
  expect(new Set(ids).size).toBe(450);
});

test("more than 200 rows in one call are refused", async () => {
  const rows = Array.from({ length: 201 }, (_, n) => persona(n));
  const refused = connector.sobject("Social_Persona__c").upsert(rows, key);
  await expect(refused).rejects.toMatchObject({ errorCode: "EXCEEDED_ID_LIMIT" });
});

test("parents are named by their external id", async () => {
  await connector.sobject("Social_Persona__c").upsert([persona(1)], key);
  const post = { External_Key__c: "post:1", Version__c: 0, Persona__r: { External_Key__c: "mastodon:h:1" } };
  const orphan = { External_Key__c: "post:2", Version__c: 0, Persona__r: { External_Key__c: "nobody" } };
  const [good, bad] = await connector.sobject("Social_Post__c").upsert([post, orphan], key);
  expect(good).toMatchObject({ success: true });
  expect(bad).toMatchObject({ success: false, errors: [{ statusCode: "INVALID_FIELD" }] });
  const { records } = await connector.query("SELECT Persona__r.Handle__c FROM Social_Post__c");
  expect(records).toMatchObject([{ Persona__r: { Handle__c: "h1" } }]);
});

test("create, retrieve, update and delete one row", async () => {
  const made = await ada.sobject("Contact").create({ FirstName: "Anna", LastName: "Berg" });
  const id = made.id ?? "";
  expect(await ada.sobject("Contact").retrieve(id)).toMatchObject({ Id: id, Name: "Anna Berg" });
  await ada.sobject("Contact").update({ Id: id, FirstName: "Anne" });
  expect(await ada.sobject("Contact").retrieve(id, { fields: ["Name"] })).toMatchObject({ Name: "Anne Berg" });
  await ada.sobject("Contact").destroy(id);
  await expect(ada.sobject("Contact").retrieve(id)).rejects.toMatchObject({ errorCode: "ENTITY_IS_DELETED" });
});

test("describe tells fields, picklists and children", async () => {
  const described = await connector.describe("Social_Post__c");
  expect(described.fields.find((field) => field.name === "External_Key__c")).toMatchObject({
    type: "string",
    length: 255,
    unique: true,
    externalId: true,
    caseSensitive: true,
  });
  const visibility = described.fields.find((field) => field.name === "Visibility__c");
  expect(visibility?.picklistValues).toMatchObject([{ value: "public" }, { value: "private" }]);
  expect(described.childRelationships.map((child) => child.relationshipName)).toContain("Social_Replies__r");
  const all = await connector.describeGlobal();
  expect(all.sobjects.map((object) => object.name)).toEqual(expect.arrayContaining(["Case", "Social_Reply__c"]));
});

test("calls are counted, and told with every answer", async () => {
  const before = (await connector.limits())["DailyApiRequests"];
  await connector.query("SELECT Id FROM Case");
  const after = (await connector.limits())["DailyApiRequests"];
  expect((before?.Remaining ?? 0) - (after?.Remaining ?? 0)).toBe(2);
  expect(connector.limitInfo.apiUsage).toEqual({
    used: (after?.Max ?? 0) - (after?.Remaining ?? 0),
    limit: after?.Max,
  });
});

test("a composite goes through requestPost", async () => {
  const answer = await connector.requestPost<{ compositeResponse: unknown[] }>("/services/data/v66.0/composite", {
    collateSubrequests: false,
    compositeRequest: [
      { method: "POST", url: "/services/data/v66.0/sobjects/Case", referenceId: "made", body: { Subject: "x" } },
      { method: "GET", url: "/services/data/v66.0/sobjects/Case/@{made.id}?fields=Subject", referenceId: "read" },
    ],
  });
  expect(answer.compositeResponse).toMatchObject([
    { httpStatusCode: 201, referenceId: "made", body: { success: true } },
    { httpStatusCode: 200, referenceId: "read", body: { Subject: "x" } },
  ]);
});

test("SOSL goes through search", async () => {
  const { id } = await ada.sobject("Case").create({ Subject: "A saxophone", Priority: "High" });
  const { searchRecords } = await ada.search("FIND {saxo*} IN ALL FIELDS RETURNING Case(Id, Priority)");
  expect(searchRecords).toMatchObject([{ attributes: { type: "Case" }, Id: id, Priority: "High" }]);
});
