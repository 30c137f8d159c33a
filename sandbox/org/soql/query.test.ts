import type { Actor } from "../access.ts";
import type { Store } from "../store.ts";
import { refusalOf } from "../testing/refusal-of.ts";
import { openTestOrg, type TestOrg } from "../testing/open-test-org.ts";

let place: TestOrg;
let store: Store;
let ada: Actor;
let rita: Actor;

function actor(name: string): Actor {
  const found = store.actor(`${name}@nordwind.example`);
  if (!found) throw new Error(`no user ${name}`);
  return found;
}

/** The first column of each row, as text. */
function column(soql: string, asker = ada): string[] {
  return store.query(asker, soql).records.map((row) => JSON.stringify(Object.values(row)[1]));
}

beforeAll(async () => {
  place = await openTestOrg({ now: () => Date.parse("2026-11-22T10:00:00.789Z") });
  ({ store } = place.org);
  ada = actor("ada");
  rita = actor("rita");
  const nordwind = store.create(ada, "Account", { Name: "Nordwind GmbH" });
  const anna = store.create(ada, "Contact", { FirstName: "Anna", LastName: "Berg", Email: "anna@x.example" });
  const ben = store.create(ada, "Contact", { LastName: "Ohm", AccountId: nordwind });
  store.create(ada, "Case", { Subject: "Bag lost", ContactId: anna, Priority: "High" });
  store.create(ada, "Case", { Subject: "bag found", ContactId: ben, Status: "Closed" });
  store.create(ada, "Case", { Subject: "100% late", Description: "long" });
  store.create(ada, "Social_Persona__c", { External_Key__c: "Key_A", Handle__c: "anna", Contact__c: anna });
  store.create(ada, "Social_Persona__c", { External_Key__c: "key_a", Handle__c: "ben", Followers__c: 7 });
});

afterAll(() => place[Symbol.asyncDispose]());

describe("conditions", () => {
  test.each<[string, string[]]>([
    ["Subject = 'BAG LOST'", ["Bag lost"]],
    ["Subject != 'bag lost'", ["bag found", "100% late"]],
    ["Subject LIKE 'bag%'", ["Bag lost", "bag found"]],
    ["Subject LIKE '100\\% _ate'", ["100% late"]],
    ["ContactId = null", ["100% late"]],
    ["ContactId != null", ["Bag lost", "bag found"]],
    ["Contact.Email != 'anna@x.example'", ["bag found", "100% late"]],
    ["Contact.Email NOT IN ('anna@x.example')", ["bag found", "100% late"]],
    ["Contact.Account.Name = 'Nordwind GmbH'", ["bag found"]],
    ["NOT Contact.Email = 'anna@x.example'", ["bag found", "100% late"]],
    ["Status IN ('closed', 'Escalated')", ["bag found"]],
    ["IsClosed = false AND (Priority = 'High' OR Subject LIKE '%late')", ["Bag lost", "100% late"]],
    ["ContactId IN (SELECT Id FROM Contact WHERE LastName = 'Ohm')", ["bag found"]],
    ["ContactId NOT IN (SELECT Id FROM Contact WHERE LastName = 'Ohm')", ["Bag lost", "100% late"]],
    ["CreatedDate = TODAY AND IsClosed = true", ["bag found"]],
    ["CreatedDate < TODAY", []],
    ["CreatedDate >= 2026-11-22T11:00:00+01:00", ["Bag lost", "bag found", "100% late"]],
    ["CreatedDate > 2026-11-22T10:00:00Z", []],
    ["ClosedDate < 2026-11-23T00:00:00Z", ["bag found"]],
  ])("WHERE %s", (where, subjects) => {
    expect(column(`SELECT Subject FROM Case WHERE ${where} ORDER BY CaseNumber`)).toEqual(
      subjects.map((subject) => JSON.stringify(subject)),
    );
  });

  test("case-sensitive keys are told apart by = and by LIKE", () => {
    const handles = (where: string): string[] => column(`SELECT Handle__c FROM Social_Persona__c WHERE ${where}`);
    expect(handles("External_Key__c = 'key_a'")).toEqual(['"ben"']);
    expect(handles("External_Key__c IN ('Key_A')")).toEqual(['"anna"']);
    expect(handles("External_Key__c LIKE 'key%'")).toEqual(['"ben"']);
    expect(handles("External_Key__c LIKE 'Key\\_A'")).toEqual(['"anna"']);
  });

  test("an id of 15 characters is the id of 18", () => {
    const [row] = store.query(ada, "SELECT Id FROM Case LIMIT 1").records;
    const short = JSON.stringify(row?.["Id"]).slice(1, 16);
    expect(column(`SELECT Id FROM Case WHERE Id = '${short}'`)).toEqual([JSON.stringify(row?.["Id"])]);
  });
});

describe("answers", () => {
  test("parents nest, and are null where the lookup is empty", () => {
    const { records } = store.query(
      ada,
      "SELECT Subject, Contact.FirstName, Contact.Account.Name, ContactEmail, Owner.Name, Owner.Type FROM Case " +
        "ORDER BY CaseNumber",
    );
    expect(records).toMatchObject([
      {
        Contact: { FirstName: "Anna", Account: null },
        ContactEmail: "anna@x.example",
        Owner: { attributes: { type: "User" }, Name: "Ada Admin", Type: "User" },
      },
      { Contact: { FirstName: null, Account: { Name: "Nordwind GmbH" } } },
      { Contact: null, ContactEmail: null },
    ]);
  });

  test("children come with their own conditions, order and limit, for each parent", () => {
    const { records } = store.query(
      ada,
      "SELECT LastName, (SELECT Subject FROM Cases WHERE IsClosed = true ORDER BY CaseNumber LIMIT 1) FROM Contact " +
        "ORDER BY LastName",
    );
    expect(records).toMatchObject([
      { LastName: "Berg", Cases: null },
      { LastName: "Ohm", Cases: { totalSize: 1, done: true, records: [{ Subject: "bag found" }] } },
    ]);
  });

  test("times are to the second and carry +0000", () => {
    expect(column("SELECT CreatedDate FROM Contact LIMIT 1")).toEqual(['"2026-11-22T10:00:00.000+0000"']);
  });

  test("nulls come first unless told otherwise", () => {
    const order = (by: string): string[] =>
      column(`SELECT ContactEmail FROM Case WHERE IsClosed = false ORDER BY ${by}`);
    expect(order("ContactEmail")).toEqual(["null", '"anna@x.example"']);
    expect(order("ContactEmail DESC")).toEqual(["null", '"anna@x.example"']);
    expect(order("ContactEmail DESC NULLS LAST")).toEqual(['"anna@x.example"', "null"]);
  });

  test("LIMIT and OFFSET cut a page", () => {
    expect(column("SELECT Subject FROM Case ORDER BY CaseNumber LIMIT 1 OFFSET 1")).toEqual(['"bag found"']);
  });

  test("COUNT() is the number alone; grouped answers carry aliases", () => {
    expect(store.query(ada, "SELECT COUNT() FROM Case WHERE IsClosed = false")).toEqual({
      totalSize: 2,
      done: true,
      records: [],
    });
    const grouped = "SELECT Status, COUNT(Id) n, MAX(CaseNumber) FROM Case GROUP BY Status HAVING COUNT(Id) > 1";
    expect(store.query(ada, grouped).records).toEqual([
      { attributes: { type: "AggregateResult" }, Status: "New", n: 2, expr0: "00000003" },
    ]);
  });

  test("LastViewedDate is each user's own", () => {
    const [id = ""] = column("SELECT Id FROM Case WHERE Subject = 'Bag lost'");
    store.view(rita, JSON.parse(id) as string);
    const soql = "SELECT LastViewedDate FROM Case WHERE Subject = 'Bag lost'";
    expect(column(soql, rita)).toEqual(['"2026-11-22T10:00:00.000+0000"']);
    expect(column(soql, ada)).toEqual(["null"]);
  });

  test("a tree of a program is as good as text", () => {
    const value = { kind: "string", value: "Bag lost" } as const;
    const { records } = store.query(ada, {
      select: [{ kind: "field", path: "Priority" }],
      from: "Case",
      where: { op: "compare", path: "Subject", operator: "=", value },
    });
    expect(records).toMatchObject([{ Priority: "High" }]);
  });
});

describe("what is refused", () => {
  test.each([
    ["SELECT Nope__c FROM Case", "INVALID_FIELD", "No such column 'Nope__c' on entity 'Case'"],
    ["SELECT Id FROM Nope__c", "INVALID_TYPE", "sObject type 'Nope__c' is not supported"],
    ["SELECT Nope__r.Id FROM Case", "INVALID_FIELD", "Didn't understand relationship 'Nope__r'"],
    ["SELECT (SELECT Id FROM Nopes__r) FROM Case", "INVALID_TYPE", "Didn't understand relationship 'Nopes__r'"],
    [
      "SELECT Id FROM Case WHERE IsClosed = true OR ContactId IN (SELECT Id FROM Contact)",
      "MALFORMED_QUERY",
      "Semi join sub-selects are not allowed with the 'OR' operator",
    ],
    ["SELECT Id FROM Case WHERE ParentId IN (SELECT Id FROM Case)", "MALFORMED_QUERY", "the same object type"],
    ["SELECT Id, Id FROM Case", "INVALID_FIELD", "duplicate field selected: Id"],
    ["SELECT Id FROM Case WHERE Description = 'x'", "INVALID_FIELD", "can not be filtered"],
    ["SELECT Id FROM Case ORDER BY Description", "INVALID_FIELD", "can not be sorted"],
    ["SELECT COUNT(Description) FROM Case", "MALFORMED_QUERY", "Description does not support aggregate operator COUNT"],
    [
      "SELECT Status FROM Case GROUP BY Status HAVING MAX(Description) > 'a'",
      "MALFORMED_QUERY",
      "Description does not support aggregate operator MAX",
    ],
    ["SELECT Description FROM Case GROUP BY Description", "MALFORMED_QUERY", "can not be grouped"],
    [
      "SELECT Id FROM Case WHERE Subject = 5",
      "INVALID_FIELD",
      "must be of type string and should be enclosed in quotes",
    ],
    ["SELECT Id FROM Case WHERE CreatedDate > '2026-11-22'", "INVALID_FIELD", "must be of type dateTime"],
    ["SELECT Id FROM Case WHERE IsClosed = 'true'", "INVALID_FIELD", "must be of type boolean"],
    ["SELECT Id FROM Case WHERE ContactId = 'x'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: x"],
    ["SELECT Id FROM Case WHERE ContactId LIKE '003%'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field"],
  ])("%s", (soql, errorCode, message) => {
    const refusal = refusalOf(() => store.query(ada, soql));
    expect(refusal.errorCode).toBe(errorCode);
    expect(refusal.message).toContain(message);
  });
});
