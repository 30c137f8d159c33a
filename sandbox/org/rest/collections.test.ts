import { openTestOrg, queryPath, type TestOrg } from "../testing/open-test-org.ts";

let place: TestOrg;

beforeEach(async () => {
  place = await openTestOrg();
});

afterEach(() => place[Symbol.asyncDispose]());

const upsertPath = "PATCH /composite/sobjects/Social_Persona__c/External_Key__c";
const attributes = { type: "Social_Persona__c" };

async function count(soql: string): Promise<number> {
  const { body } = await place.call("ada", `GET ${queryPath(soql)}`);
  return (body as { totalSize: number }).totalSize;
}

test("each row succeeds or fails by itself", async () => {
  const records = [
    { attributes, External_Key__c: "a" },
    { attributes, External_Key__c: "b", Handle__c: "x".repeat(256) },
    { attributes, External_Key__c: "c" },
  ];
  const answer = await place.call("connector", "POST /composite/sobjects", { body: { records } });
  expect(answer).toMatchObject({
    status: 200,
    body: [
      { success: true, errors: [] },
      { success: false, errors: [{ statusCode: "STRING_TOO_LONG", fields: ["Handle__c"] }] },
      { success: true, errors: [] },
    ],
  });
  expect(await count("SELECT COUNT() FROM Social_Persona__c")).toBe(2);
});

test("allOrNone undoes the rows that succeeded", async () => {
  const records = [
    { attributes, External_Key__c: "a" },
    { attributes, External_Key__c: "b", Nope__c: 1 },
  ];
  const answer = await place.call("connector", upsertPath, { body: { records, allOrNone: true } });
  expect(answer).toMatchObject({
    status: 200,
    body: [
      { success: false, errors: [{ statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK" }] },
      { success: false, errors: [{ statusCode: "INVALID_FIELD" }] },
    ],
  });
  expect(await count("SELECT COUNT() FROM Social_Persona__c")).toBe(0);
});

test("every row of a key that comes twice in one upsert fails", async () => {
  const records = ["a", "b", "a"].map((key) => ({ attributes, External_Key__c: key }));
  const duplicate = {
    success: false,
    errors: [{ statusCode: "DUPLICATE_VALUE", message: "Duplicate external id specified: a" }],
  };
  expect(await place.call("connector", upsertPath, { body: { records } })).toMatchObject({
    body: [duplicate, { success: true, created: true }, duplicate],
  });
});

test("an upsert takes one type only", async () => {
  const records = [{ attributes: { type: "Case" }, External_Key__c: "a" }];
  expect(await place.call("connector", upsertPath, { body: { records } })).toMatchObject({
    body: [{ success: false, errors: [{ statusCode: "INVALID_TYPE" }] }],
  });
});

test("updates, reads and deletes by id", async () => {
  const made = await place.call("ada", "POST /composite/sobjects", {
    body: { records: ["a", "b"].map((key) => ({ attributes, External_Key__c: key })) },
  });
  const [a = "", b = ""] = (made.body as { id: string }[]).map((each) => each.id);
  const unknown = "an1SB0000000099AAA";
  const updated = await place.call("ada", "PATCH /composite/sobjects", {
    body: {
      records: [
        { attributes, id: a, Handle__c: "A" },
        { attributes, id: unknown, Handle__c: "B" },
      ],
    },
  });
  expect(updated).toMatchObject({
    body: [
      { id: a, success: true },
      { success: false, errors: [{ statusCode: "INVALID_CROSS_REFERENCE_KEY" }] },
    ],
  });
  const read = await place.call(
    "ada",
    `GET /composite/sobjects/Social_Persona__c?ids=${b},${unknown},${a}&fields=Handle__c`,
  );
  expect(read).toMatchObject({ body: [{ Handle__c: null }, null, { Handle__c: "A" }] });
  expect(await place.call("ada", `DELETE /composite/sobjects?ids=${a},${b}`)).toMatchObject({
    body: [
      { id: a, success: true },
      { id: b, success: true },
    ],
  });
  expect(await count("SELECT COUNT() FROM Social_Persona__c")).toBe(0);
});

test("a value of the wrong JSON type fails the whole call", async () => {
  const records = [
    { attributes, External_Key__c: "a" },
    { attributes, External_Key__c: "b", Followers__c: "many" },
  ];
  expect(await place.call("connector", upsertPath, { body: { records } })).toMatchObject({
    status: 400,
    body: [{ errorCode: "JSON_PARSER_ERROR" }],
  });
  expect(await count("SELECT COUNT() FROM Social_Persona__c")).toBe(0);
});

test("a deleted row is gone for query, there for queryAll, and lookups to it are empty", async () => {
  const persona = await place.call("ada", "POST /sobjects/Social_Persona__c", { body: { External_Key__c: "a" } });
  const { id } = persona.body as { id: string };
  await place.call("connector", "POST /sobjects/Social_Post__c", { body: { External_Key__c: "p", Persona__c: id } });
  expect(await place.call("ada", `DELETE /sobjects/Social_Persona__c/${id}`)).toMatchObject({ status: 204 });
  const soql = "SELECT Id, IsDeleted FROM Social_Persona__c";
  expect(await count(soql)).toBe(0);
  expect(await place.call("ada", `GET ${queryPath(soql).replace("/query", "/queryAll")}`)).toMatchObject({
    body: { records: [{ IsDeleted: true }] },
  });
  expect(await count("SELECT Id FROM Social_Post__c WHERE Persona__c = null")).toBe(1);
  const again = await place.call("ada", "POST /sobjects/Social_Persona__c", { body: { External_Key__c: "a" } });
  expect(again.status).toBe(201);
});
