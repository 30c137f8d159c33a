import { openTestOrg, type TestOrg, type Who } from "../testing/open-test-org.ts";

let place: TestOrg;
let caseId: string;

beforeAll(async () => {
  place = await openTestOrg();
  const create = async (who: Who, object: string, body: object): Promise<string> => {
    const { body: answer } = await place.call(who, `POST /sobjects/${object}`, { body });
    return (answer as { id: string }).id;
  };
  caseId = await create("ada", "Case", { Subject: "Suitcase lost", Description: "A green one" });
  const post = { Version__c: 0, Network__c: "mastodon" };
  const said = { External_Key__c: "t:1", Visibility__c: "private", Private_Text__c: "My password is hunter2" };
  await create("connector", "Social_Post__c", { ...post, ...said });
  await create("connector", "Social_Post__c", {
    ...{ ...post, External_Key__c: "t:2", Visibility__c: "public" },
    Text__c: "Where is my suitcase?",
  });
});
afterAll(() => place[Symbol.asyncDispose]());

async function find(who: Who, query: string): Promise<readonly string[]> {
  const { body } = await place.call(who, `GET /parameterizedSearch?${query}`);
  const { searchRecords } = body as { searchRecords: { attributes: { type: string } }[] };
  return searchRecords.map(({ attributes }) => attributes.type);
}

test("words are found by their beginnings, in long texts too, in all objects that one may read", async () => {
  expect(await find("rita", "q=SUITC")).toEqual(["Case", "Social_Post__c"]);
  expect(await find("rita", "q=green%20lost&sobject=Case")).toEqual(["Case"]);
  expect(await find("rita", "q=green%20blue")).toEqual([]);
  expect(await find("nora", "q=suitcase")).toEqual(["Case"]);
});

test("private words are found by those alone who may read them", async () => {
  expect(await find("rita", "q=hunter2")).toEqual(["Social_Post__c"]);
  expect(await find("sam", "q=hunter2")).toEqual([]);
  expect(await find("cora", "q=hunter2")).toEqual([]);
});

test("named fields come along; a letter alone and an unknown object are refused", async () => {
  const { body } = await place.call("ada", "GET /parameterizedSearch?q=lost&sobject=Case&Case.fields=Id,Subject");
  expect(body).toMatchObject({ searchRecords: [{ Id: caseId, Subject: "Suitcase lost" }] });
  const refusal = (errorCode: string) => ({ status: 400, body: [{ errorCode }] });
  expect(await place.call("ada", "GET /parameterizedSearch?q=l")).toMatchObject(refusal("INVALID_SEARCH"));
  const unknown = await place.call("nora", "GET /parameterizedSearch?q=lost&sobject=Social_Post__c");
  expect(unknown).toMatchObject(refusal("INVALID_TYPE"));
});
