import { openCustomerMetadata, orgWideDefault } from "../../../test/fakes/customer-metadata.ts";
import { openTestOrg, sourceFolders, type TestOrg, type Who } from "../testing/open-test-org.ts";

let customer: Awaited<ReturnType<typeof openCustomerMetadata>>;
let place: TestOrg;
let caseId: string;

beforeAll(async () => {
  customer = await openCustomerMetadata(orgWideDefault("Case", "Private"));
  place = await openTestOrg({ metadata: [...sourceFolders, customer.path] });
  const create = async (who: Who, object: string, body: object): Promise<string> => {
    const headers = { "Sforce-Auto-Assign": "FALSE" };
    const { body: answer } = await place.call(who, `POST /sobjects/${object}`, { body, headers });
    return (answer as { id: string }).id;
  };
  caseId = await create("rita", "Case", {
    Subject: "Suitcase lost",
    Description: "A green one",
    SuppliedName: "Jo Berg",
  });
  await create("rita", "Task", { Subject: "Social post", Description: "Her suitcase is turquoise", WhatId: caseId });
  const post = { Version__c: 0, Network__c: "mastodon" };
  const said = { External_Key__c: "t:1", Visibility__c: "private", Private_Text__c: "My password is hunter2" };
  await create("connector", "Social_Post__c", { ...post, ...said });
  await create("connector", "Social_Post__c", {
    ...{ ...post, External_Key__c: "t:2", Visibility__c: "public" },
    Text__c: "Where is my suitcase?",
  });
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
  await customer[Symbol.asyncDispose]();
});

const soslPath = (sosl: string): string => `GET /search?q=${encodeURIComponent(sosl)}`;

async function typesOf(who: Who, request: string): Promise<readonly string[]> {
  const { body } = await place.call(who, request);
  const { searchRecords } = body as { searchRecords: { attributes: { type: string } }[] };
  return searchRecords.map(({ attributes }) => attributes.type);
}

const find = (who: Who, query: string) => typesOf(who, `GET /parameterizedSearch?${query}`);
const sosl = (who: Who, text: string) => typesOf(who, soslPath(text));

test("words are found by their beginnings, in long texts too, in all objects that one may read", async () => {
  expect(await find("rita", "q=SUITC")).toEqual(["Case", "Social_Post__c", "Task"]);
  expect(await find("rita", "q=green%20lost&sobject=Case")).toEqual(["Case"]);
  expect(await find("rita", "q=green%20blue")).toEqual([]);
  expect(await find("ada", "q=suitcase&sobject=Case")).toEqual(["Case"]);
});

test("SOSL finds whole words, phrases and wildcards, in the fields that it names", async () => {
  expect(await sosl("rita", "FIND {suitcase}")).toEqual(["Case", "Social_Post__c", "Task"]);
  expect(await sosl("rita", "FIND {suitca}")).toEqual([]);
  expect(await sosl("rita", "find {SUIT* AND gr?en} in all fields")).toEqual(["Case"]);
  expect(await sosl("rita", 'FIND {"suitcase lost"}')).toEqual(["Case"]);
  expect(await sosl("rita", 'FIND {"lost suitcase"}')).toEqual([]);
  expect(await sosl("rita", "FIND {suitcase} IN EMAIL FIELDS")).toEqual([]);
  expect(await sosl("rita", "FIND {lost} IN ALL FIELDS RETURNING Case, Task LIMIT 1")).toEqual(["Case"]);
  expect(await sosl("rita", "FIND {Jo\\-Berg}")).toEqual(["Case"]);
});

test("what SOSL wants of an object comes along, as a query would give it", async () => {
  const wanted =
    "RETURNING Social_Post__c, Case(Id, Subject WHERE IsClosed = false AND Subject != ')' ORDER BY Subject LIMIT 5)";
  const { body } = await place.call("rita", soslPath(`FIND {green} IN ALL FIELDS ${wanted} LIMIT 20`));
  expect(body).toMatchObject({ searchRecords: [{ Id: caseId, Subject: "Suitcase lost" }] });
  expect(await sosl("rita", "FIND {green} RETURNING Case(Id WHERE IsClosed = true)")).toEqual([]);
});

test("private words are found by those alone who may read them", async () => {
  for (const ask of [find.bind(null, "rita", "q=hunter2"), sosl.bind(null, "rita", "FIND {hunter2}")]) {
    expect(await ask()).toEqual(["Social_Post__c"]);
  }
  for (const who of ["sam", "cora", "nora"] as const) {
    expect(await find(who, "q=hunter2")).toEqual([]);
    expect(await sosl(who, "FIND {hunter*} IN ALL FIELDS")).toEqual([]);
  }
  const field = await place.call("sam", soslPath("FIND {suitcase} RETURNING Social_Post__c(Id, Private_Text__c)"));
  expect(field).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
});

test("a Case and its Tasks are found by those alone who may see it", async () => {
  for (const word of ["green", "turquoise"]) {
    expect(await sosl("rita", `FIND {${word}}`)).toHaveLength(1);
    expect(await sosl("ada", `FIND {${word}}`)).toHaveLength(1);
    for (const who of ["sam", "nora"] as const) {
      expect(await sosl(who, `FIND {${word}} IN ALL FIELDS RETURNING Case, Task`)).toEqual([]);
      expect(await find(who, `q=${word}`)).toEqual([]);
    }
  }
});

test("named fields come along; a letter alone and an unknown object are refused", async () => {
  const { body } = await place.call("ada", "GET /parameterizedSearch?q=lost&sobject=Case&Case.fields=Id,Subject");
  expect(body).toMatchObject({ searchRecords: [{ Id: caseId, Subject: "Suitcase lost" }] });
  const refusal = (errorCode: string) => ({ status: 400, body: [{ errorCode }] });
  expect(await place.call("ada", "GET /parameterizedSearch?q=l")).toMatchObject(refusal("INVALID_SEARCH"));
  for (const query of [
    "parameterizedSearch?q=lost&sobject=Social_Post__c",
    "search?q=FIND{lost} RETURNING Social_Post__c",
  ])
    expect(await place.call("nora", `GET /${query}`)).toMatchObject(refusal("INVALID_TYPE"));
});

test.each([
  ["Case", "No search term found. The search term must be enclosed in braces."],
  ["FIND {a*}", "search term must be longer than one character: a*"],
  ["FIND {jo|berg}", "mismatched character '|' expecting '}'"],
  ["FIND {*berg}", "wildcard"],
  ["FIND {jo OR berg}", "the sandbox does not play OR"],
  ["FIND {berg} IN ALL TYPE RETURNING Case", "unexpected token: 'IN'"],
  ["FIND {berg} IN SIDEBAR FIELDS", "Malformed search token: SIDEBAR"],
  ["FIND {berg} RETURNING Case(Id, (SELECT Id FROM Tasks))", "unexpected token"],
  ["FIND {berg} RETURNING", "unexpected token"],
  ["FIND {berg} WITH SNIPPET", "unexpected token: 'WITH'"],
])("refuses %s", async (text, said) => {
  const { status, body } = await place.call("ada", soslPath(text));
  const [{ errorCode, message }] = body as [{ errorCode: string; message: string }];
  expect([status, message]).toEqual([400, expect.stringContaining(said)]);
  expect(errorCode).toBe(text.includes("a*") ? "INVALID_SEARCH" : "MALFORMED_SEARCH");
});
