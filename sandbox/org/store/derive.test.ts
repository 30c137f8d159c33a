import type { Actor } from "../access.ts";
import type { Store } from "../store.ts";
import { refusalOf } from "../testing/refusal-of.ts";
import { openTestOrg, type TestOrg } from "../testing/open-test-org.ts";

let place: TestOrg;
let store: Store;
let ada: Actor;
let clock = Date.parse("2026-11-22T10:00:00.900Z");

beforeAll(async () => {
  place = await openTestOrg({ now: () => clock });
  ({ store } = place.org);
  const found = store.actor("ada@nordwind.example");
  if (!found) throw new Error("no user ada");
  ada = found;
});

afterAll(() => place[Symbol.asyncDispose]());

test("a Case is New, numbered, and takes its Contact's Account", () => {
  const account = store.create(ada, "Account", { Name: "Nordwind" });
  const contact = store.create(ada, "Contact", { FirstName: "Anna", LastName: "Berg", AccountId: account });
  const id = store.create(ada, "Case", { ContactId: contact });
  expect(store.read(ada, "Case", id)).toMatchObject({
    CaseNumber: "00000001",
    Status: "New",
    Priority: "Medium",
    IsClosed: false,
    ClosedDate: null,
    AccountId: account,
    OwnerId: ada.id,
    CreatedDate: "2026-11-22T10:00:00.000+0000",
  });
});

test("a status that CaseStatus calls closed closes the Case, once, and another opens it", () => {
  const id = store.create(ada, "Case", {});
  store.update(ada, "Case", id, { Status: "Closed" });
  const closed = { IsClosed: true, ClosedDate: "2026-11-22T10:00:00.000+0000" };
  expect(store.read(ada, "Case", id)).toMatchObject(closed);
  clock += 60_000;
  store.update(ada, "Case", id, { Subject: "still closed" });
  expect(store.read(ada, "Case", id)).toMatchObject({
    ...closed,
    LastModifiedDate: "2026-11-22T10:01:00.000+0000",
    SystemModstamp: "2026-11-22T10:01:00.000+0000",
  });
  store.update(ada, "Case", id, { Status: "Working" });
  expect(store.read(ada, "Case", id)).toMatchObject({ IsClosed: false, ClosedDate: null });
});

test("a completed Task is closed; it is about a Contact or a Lead, and a Case or an Account", () => {
  const lead = store.create(ada, "Lead", { LastName: "Ohm", Company: "Ohm AG" });
  const id = store.create(ada, "Task", {
    Subject: "Post",
    Status: "Completed",
    WhoId: lead,
    Social_Post_Key__c: "p:1",
  });
  expect(store.read(ada, "Task", id, ["IsClosed", "Who.Name", "Who.Type", "Priority"])).toMatchObject({
    IsClosed: true,
    Priority: "Normal",
    Who: { Name: "Ohm", Type: "Lead" },
  });
  expect(refusalOf(() => store.create(ada, "Task", { WhatId: lead })).errorCode).toBe("MALFORMED_ID");
});

test("a person's name follows its parts", () => {
  const id = store.create(ada, "Lead", { FirstName: "Ole", LastName: "Ohm", Company: "Ohm AG" });
  store.update(ada, "Lead", id, { FirstName: null });
  expect(store.read(ada, "Lead", id)).toMatchObject({
    Name: "Ohm",
    Status: "Open - Not Contacted",
    IsConverted: false,
  });
});

test("only a queue of the object, or an active user, may own a row", () => {
  const { records } = store.query(ada, "SELECT Id FROM Group WHERE DeveloperName = 'Social_Priority'");
  const queue = records[0]?.["Id"];
  const id = store.create(ada, "Case", { OwnerId: queue });
  expect(store.read(ada, "Case", id, ["Owner.Name", "Owner.Type"])).toMatchObject({ Owner: { Type: "Group" } });
  expect(() => store.create(ada, "Lead", { LastName: "x", Company: "x", OwnerId: queue })).toThrow(
    "Queue not associated with this SObject type",
  );
});

test("what fails in a transaction leaves nothing behind", () => {
  const attempt = (): unknown =>
    store.transaction(() => {
      store.create(ada, "Account", { Name: "Gone" });
      throw new Error("stop");
    });
  expect(attempt).toThrow("stop");
  expect(store.query(ada, "SELECT COUNT() FROM Account WHERE Name = 'Gone'").totalSize).toBe(0);
});
