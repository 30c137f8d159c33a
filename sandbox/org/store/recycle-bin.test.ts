import { openTestOrg, queryPath, type Reply, type TestOrg } from "../testing/open-test-org.ts";

const DAY_MS = 86_400_000;
let nowMs: number;
let place: TestOrg;

beforeEach(async () => {
  nowMs = Date.parse("2026-03-01T10:00:00Z");
  place = await openTestOrg({ now: () => nowMs });
});
afterEach(() => place[Symbol.asyncDispose]());

async function create(object: string, fields: object): Promise<string> {
  const { body } = await place.call("ada", `POST /sobjects/${object}`, {
    body: fields,
    headers: { "Sforce-Auto-Assign": "FALSE" },
  });
  return (body as { id: string }).id;
}

async function rows(soql: string, resource = "query"): Promise<readonly Record<string, unknown>[]> {
  const { body } = await place.call("ada", `GET ${queryPath(soql).replace("/query", `/${resource}`)}`);
  return (body as { records: Record<string, unknown>[] }).records;
}

const remove = (object: string, id: string): Promise<Reply> => place.call("ada", `DELETE /sobjects/${object}/${id}`);

async function order(what: string, body: object = {}): Promise<{ status: number; body: string }> {
  const answer = await fetch(`${place.url}/sandbox/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.text() };
}

test("what is deleted is seen by queryAll alone, is written to no more, and leaves its key to others", async () => {
  const fields = { External_Key__c: "k", Network__c: "mastodon", Handle__c: "k" };
  const id = await create("Social_Persona__c", fields);
  expect(await remove("Social_Persona__c", id)).toMatchObject({ status: 204 });
  const soql = "SELECT Id, IsDeleted FROM Social_Persona__c";
  expect(await rows(soql)).toEqual([]);
  expect(await rows(soql, "queryAll")).toMatchObject([{ Id: id, IsDeleted: true }]);
  const write = await place.call("ada", `PATCH /sobjects/Social_Persona__c/${id}`, { body: { Handle__c: "x" } });
  expect(write).toMatchObject({ status: 404, body: [{ errorCode: "ENTITY_IS_DELETED" }] });

  const other = await create("Social_Persona__c", fields);
  expect(other).not.toBe(id);
  expect((await order("undelete", { object: "Social_Persona__c", id })).body).toContain("DUPLICATE_VALUE");
});

test("a Case takes its Tasks along, and brings them and the lookups back that nobody has filled since", async () => {
  const [id, another] = [await create("Case", { Subject: "Bag" }), await create("Case", { Subject: "Other" })];
  const task = await create("Task", { Subject: "Call", WhatId: id });
  const child = await create("Case", { Subject: "Child", ParentId: id });
  const moved = await create("Case", { Subject: "Moved", ParentId: id });
  await remove("Case", id);
  expect(await rows("SELECT Id FROM Task")).toEqual([]);
  expect(await rows(`SELECT ParentId FROM Case WHERE Id = '${child}'`)).toMatchObject([{ ParentId: null }]);
  await place.call("ada", `PATCH /sobjects/Case/${moved}`, { body: { ParentId: another } });

  nowMs += DAY_MS;
  expect(await order("undelete", { object: "Case", id })).toMatchObject({ status: 204 });
  expect(await rows("SELECT Id, WhatId FROM Task")).toMatchObject([{ Id: task, WhatId: id }]);
  expect(await rows(`SELECT ParentId FROM Case WHERE Id = '${child}'`)).toMatchObject([{ ParentId: id }]);
  expect(await rows(`SELECT ParentId FROM Case WHERE Id = '${moved}'`)).toMatchObject([{ ParentId: another }]);
});

test("after fifteen days nothing comes back, and the nightly run takes it for good", async () => {
  const id = await create("Account", { Name: "Gone" });
  await remove("Account", id);
  nowMs += 16 * DAY_MS;
  expect((await order("undelete", { object: "Account", id })).body).toContain("UNDELETE_FAILED");
  expect(await order("purge")).toMatchObject({ status: 204 });
  expect(await rows("SELECT Id FROM Account", "queryAll")).toEqual([]);
});

test("closed Tasks of more than a year are archived: queryAll finds them, and they may be written to and deleted", async () => {
  const year = { open: { ActivityDate: "2025-02-01" }, recent: { Status: "Completed", ActivityDate: "2025-03-02" } };
  const old = await create("Task", { Subject: "Old", Status: "Completed", ActivityDate: "2025-03-01" });
  const undated = await create("Task", { Subject: "Undated", Status: "Completed" });
  for (const [Subject, fields] of Object.entries(year)) await create("Task", { Subject, ...fields });
  await order("archive");
  expect(await rows("SELECT Id FROM Task WHERE IsArchived = true")).toEqual([]);
  expect((await rows("SELECT Subject FROM Task")).map(({ Subject }) => Subject)).toEqual(["Undated", "open", "recent"]);
  expect(await rows("SELECT Id FROM Task WHERE IsArchived = true", "queryAll")).toMatchObject([{ Id: old }]);
  expect(await place.call("ada", `GET /sobjects/Task/${old}`)).toMatchObject({
    status: 200,
    body: { IsArchived: true },
  });
  const write = await place.call("ada", `PATCH /sobjects/Task/${old}`, { body: { Subject: "Erased" } });
  expect(write).toMatchObject({ status: 204 });
  const flag = await place.call("ada", `PATCH /sobjects/Task/${old}`, { body: { IsArchived: false } });
  expect(flag).toMatchObject({ body: [{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE" }] });

  nowMs += 365 * DAY_MS;
  await order("archive");
  expect((await rows("SELECT Subject FROM Task")).map(({ Subject }) => Subject)).toEqual(["open"]);
  expect(await remove("Task", undated)).toMatchObject({ status: 204 });
});
