import type { Actor } from "../access.ts";
import { refusalOf } from "../testing/refusal-of.ts";
import { openTestOrg, queryPath, type TestOrg, type Who } from "../testing/open-test-org.ts";

let place: TestOrg;

beforeEach(async () => {
  place = await openTestOrg();
});

afterEach(() => place[Symbol.asyncDispose]());

function actor(who: Who): Actor {
  const found = place.org.store.actor(`${who}@nordwind.example`);
  if (!found) throw new Error(`no user ${who}`);
  return found;
}

async function create(who: Who, object: string, body: unknown): Promise<string> {
  const answer = await place.call(who, `POST /sobjects/${object}`, { body });
  expect(answer).toMatchObject({ status: 201 });
  return (answer.body as { id: string }).id;
}

test("a field without permission does not exist: not in queries, describes or writes", async () => {
  const id = await create("connector", "Social_Post__c", { External_Key__c: "p", Private_Text__c: "secret" });
  const soql = `SELECT Private_Text__c FROM Social_Post__c WHERE Id = '${id}'`;
  expect(await place.call("rita", `GET ${queryPath(soql)}`)).toMatchObject({
    status: 200,
    body: { records: [{ Private_Text__c: "secret" }] },
  });
  const hidden = await place.call("sam", `GET ${queryPath(soql)}`);
  expect(hidden).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
  expect(JSON.stringify(hidden.body)).toContain("No such column 'Private_Text__c'");
  const described = await place.call("sam", "GET /sobjects/Social_Post__c/describe");
  expect(JSON.stringify(described.body)).toContain("Excerpt__c");
  expect(JSON.stringify(described.body)).not.toContain("Private_Text__c");
  const read = await place.call("sam", `GET /sobjects/Social_Post__c/${id}`);
  expect(read).toMatchObject({ status: 200, body: { Id: id } });
  expect(read.body).not.toHaveProperty("Private_Text__c");
});

test("an object without permission does not exist", async () => {
  expect(await place.call("nora", `GET ${queryPath("SELECT Id FROM Social_Post__c")}`)).toMatchObject({
    status: 400,
    body: [{ errorCode: "INVALID_TYPE", message: "sObject type 'Social_Post__c' is not supported." }],
  });
  expect(await place.call("nora", "POST /sobjects/Social_Post__c", { body: {} })).toMatchObject({ status: 404 });
  const parents = "SELECT Social_Persona__r.Handle__c FROM Case";
  expect(await place.call("nora", `GET ${queryPath(parents)}`)).toMatchObject({ status: 400 });
  const { body } = await place.call("nora", "GET /sobjects");
  expect(JSON.stringify(body)).not.toContain("Social_Post__c");
});

test("a field that may only be read is refused in a write, by its name", async () => {
  const id = await create("connector", "Case", { Subject: "x", Social_Case_Key__c: "k|1" });
  expect(
    await place.call("rita", `PATCH /sobjects/Case/${id}`, { body: { Social_Conversation_Key__c: "k" } }),
  ).toMatchObject({
    status: 400,
    body: [{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE", fields: ["Social_Conversation_Key__c"] }],
  });
  expect(await place.call("rita", `PATCH /sobjects/Case/${id}`, { body: { Status: "Working" } })).toMatchObject({
    status: 204,
  });
});

test("an object that may only be read takes no rows, changes or deletions", async () => {
  const id = await create("connector", "Social_Persona__c", { External_Key__c: "p" });
  expect(await place.call("sam", "POST /sobjects/Social_Persona__c", { body: {} })).toMatchObject({
    status: 400,
    body: [{ errorCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" }],
  });
  expect(await place.call("sam", `PATCH /sobjects/Social_Persona__c/${id}`, { body: {} })).toMatchObject({
    status: 403,
    body: [{ errorCode: "INSUFFICIENT_ACCESS_OR_READONLY" }],
  });
  expect(await place.call("sam", `DELETE /sobjects/Social_Persona__c/${id}`)).toMatchObject({ status: 403 });
});

test("what is shared for reading is changed by its owner, or with Modify All", async () => {
  const account = await create("connector", "Social_Account__c", { External_Key__c: "b", Handle__c: "anna" });
  const { store } = place.org;
  const connector = actor("connector");
  const rename = (as: Actor) => store.update(as, "Social_Account__c", account, { Handle__c: "anna_b" });
  const { access } = connector;
  const owner: Actor = {
    ...connector,
    access: { ...access, object: (object) => ({ ...access.object(object), modifyAll: false }) },
  };
  expect(() => rename(owner)).not.toThrow();
  const { id, owns } = actor("nora");
  const other: Actor = { ...owner, id, owns };
  expect(refusalOf(() => rename(other)).errorCode).toBe("INSUFFICIENT_ACCESS_OR_READONLY");
  expect(() => rename({ ...connector, id, owns })).not.toThrow();
});

test("what is shared for writing is changed by a colleague, too", async () => {
  const account = await create("connector", "Social_Account__c", { External_Key__c: "a", Mode__c: "Engage" });
  const post = await create("connector", "Social_Post__c", { External_Key__c: "p", Visibility__c: "public" });
  const draft = { Post__c: post, Social_Account__c: account, Status__c: "Draft", Text__c: "Hello" };
  const reply = await create("rita", "Social_Reply__c", draft);
  const colleague: Actor = { ...actor("rita"), id: actor("nora").id };
  expect(() => place.org.store.update(colleague, "Social_Reply__c", reply, { Text__c: "Hello you" })).not.toThrow();
});

test("a person cannot say that a reply was sent, and the rule's sentence comes back", async () => {
  const account = await create("connector", "Social_Account__c", { External_Key__c: "a", Mode__c: "Engage" });
  const post = await create("connector", "Social_Post__c", { External_Key__c: "p", Visibility__c: "public" });
  const queued = {
    Post__c: post,
    Social_Account__c: account,
    Status__c: "Queued",
    Text__c: "Hi",
    Route__c: "Public reply",
  };
  const reply = await create("rita", "Social_Reply__c", queued);
  const answer = await place.call("ada", `PATCH /sobjects/Social_Reply__c/${reply}`, { body: { Status__c: "Sent" } });
  expect(answer).toMatchObject({ status: 400, body: [{ errorCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION" }] });
  const claim = { body: { Status__c: "Sending" } };
  expect(await place.call("connector", `PATCH /sobjects/Social_Reply__c/${reply}`, claim)).toMatchObject({
    status: 204,
  });
});

test("an administrator hands out a permission set, and it holds from the next call", async () => {
  const id = async (soql: string): Promise<string> => {
    const { body } = await place.call("ada", `GET ${queryPath(soql)}`);
    return (body as { records: { Id: string }[] }).records[0]?.Id ?? "";
  };
  const assignment = {
    AssigneeId: await id("SELECT Id FROM User WHERE Username = 'nora@nordwind.example'"),
    PermissionSetId: await id("SELECT Id FROM PermissionSet WHERE Name = 'Social_Rep'"),
  };
  const posts = `GET ${queryPath("SELECT Id FROM Social_Post__c")}`;
  expect(await place.call("nora", posts)).toMatchObject({ status: 400 });
  expect(await place.call("rita", "POST /sobjects/PermissionSetAssignment", { body: assignment })).toMatchObject({
    status: 400,
  });
  const assigned = await create("ada", "PermissionSetAssignment", assignment);
  expect(await place.call("nora", posts)).toMatchObject({ status: 200 });
  expect(await place.call("ada", `DELETE /sobjects/PermissionSetAssignment/${assigned}`)).toMatchObject({
    status: 204,
  });
  expect(await place.call("nora", posts)).toMatchObject({ status: 400 });
});
