import type { Values } from "../../sandbox/org/store.ts";
import { openGuardedOrg, type GuardedOrg } from "./guarded-org.ts";

const NOW = "2026-03-01T12:00:00.000Z";

describe.each<{ object: string; words: Values }>([
  {
    object: "Social_Listener__c",
    words: {
      ...{ Name: "Other", Active__c: false, Words__c: "other", Excluded_Words__c: "other", Languages__c: "de" },
      External_Key__c: "other",
    },
  },
  {
    object: "Social_Rule__c",
    words: {
      ...{ Name: "Other", Active__c: false, Order__c: 5, Condition__c: "other", Response__c: "Needed" },
      ...{
        Priority__c: "High",
        Queue__c: "Other",
        Response_Minutes__c: 5,
        Reason__c: "Other.",
        External_Key__c: "other",
      },
    },
  },
])("$object", ({ object, words }) => {
  let org: GuardedOrg;
  beforeAll(async () => {
    org = await openGuardedOrg(object);
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const state = { State__c: "Broken", State_Detail__c: "It has no order." };

  test("is a coordinator's to keep, whoever made it", () => {
    const own = org.create("cora", object, { Name: "Own" });
    const brought = org.create("ada", object, { Name: "Brought", External_Key__c: "brought" });
    for (const id of [own, brought]) {
      expect(org.against(() => org.set("cora", id, { Name: "Mine", Active__c: false }))).toBeUndefined();
      expect(org.read(id, "Name")).toBe("Mine");
    }
  });

  test("says what became of it in the connector's words only", () => {
    const id = org.create("cora", object, { Name: "State" });
    expect(org.against(() => org.set("connector", id, state))).toBeUndefined();
    for (const change of [{ State__c: "In use" }, { State_Detail__c: "All is well." }]) {
      expect(org.against(() => org.set("ada", id, change))).toBe("Only_Connector_Reports");
      expect(() => org.set("cora", id, change)).toThrow(/Unable to create\/update/);
      expect(org.against(() => void org.create("ada", object, { Name: "Born", ...change }))).toBe(
        "Only_Connector_Reports",
      );
    }
    expect(org.against(() => org.set("ada", id, { Name: "Renamed" }))).toBeUndefined();
  });

  test("keeps what a person wrote: the connector changes none of it", () => {
    const id = org.create("cora", object, { Name: "Kept" });
    for (const [field, value] of Object.entries(words)) {
      const write = () => org.set("connector", id, { ...state, [field]: value });
      const guard = /^Connector_Keeps_The_Words$|security settings of this field/;
      expect([field, org.refusal(write)]).toEqual([field, expect.stringMatching(guard)]);
    }
    expect(org.read(id, "Name")).toBe("Kept");
  });

  test("is nothing that reps, sales and others see", () => {
    for (const who of ["rita", "sam", "nora"] as const) {
      expect(() => org.create(who, object, { Name: "No" })).toThrow();
    }
  });
});

test("a rule is put back only in a save that says so", async () => {
  await using org = await openGuardedOrg("Social_Rule__c");
  const id = org.create("cora", "Social_Rule__c", { Name: "Back", Condition__c: "mine" });
  expect(org.against(() => org.set("connector", id, { Condition__c: "ours" }))).toBe("Connector_Keeps_The_Words");
  expect(org.against(() => org.set("connector", id, { Condition__c: "ours", Restored_At__c: NOW }))).toBeUndefined();
  expect(org.against(() => org.set("connector", id, { Condition__c: "again", Restored_At__c: NOW }))).toBe(
    "Connector_Keeps_The_Words",
  );
});

test("who may keep settings may not answer, nor read what is private", async () => {
  await using org = await openGuardedOrg("Social_Post__c");
  const post = org.create("connector", "Social_Post__c", { External_Key__c: "post", Visibility__c: "private" });
  expect(() => org.set("cora", post, { Needs_Response__c: true })).toThrow();
  expect(() => org.create("cora", "Social_Reply__c", { Post__c: post, Status__c: "Draft" })).toThrow();
  const soql = "SELECT Private_Text__c FROM Social_Post__c";
  await expect(org.as("cora").query(soql)).rejects.toThrow(/No such column/);
});
