import type { Values } from "../../sandbox/org/store.ts";
import { openGuardedOrg, type GuardedOrg } from "./guarded-org.ts";

let org: GuardedOrg;
beforeAll(async () => {
  org = await openGuardedOrg("Social_Post__c");
});
afterAll(() => org[Symbol.asyncDispose]());

describe("a post", () => {
  const Deleted_At__c = "2026-11-22T10:00:00Z";
  const posted = (External_Key__c: string, values: Values = {}) =>
    org.create("connector", "Social_Post__c", {
      External_Key__c,
      Version__c: 5,
      Text__c: "Where is my bag?",
      ...values,
    });

  test("is not born late: after a call of a later turn its row may have been there and gone", () => {
    const Persona__c = org.create("connector", "Social_Persona__c", { External_Key__c: "late", Turn__c: 7 });
    expect(org.against(() => posted("late", { Persona__c, Turn__c: 6 }))).toBe("Nothing_Is_Born_Late");
    const id = posted("in time", { Persona__c, Turn__c: 7 });
    org.setRow("connector", "Social_Persona__c", Persona__c, { Turn__c: 8 });
    expect(org.against(() => org.set("connector", id, { Version__c: 6, Text__c: "Found it." }))).toBeUndefined();
  });

  test("takes a newer version and the same again, never an older one", () => {
    const id = posted("versions");
    expect(org.against(() => org.set("connector", id, { Version__c: 6, Text__c: "Found it." }))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { Version__c: 6, Text__c: "Found it." }))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { Version__c: 5, Text__c: "Where is my bag?" }))).toBe(
      "Version_Never_Falls",
    );
    expect(org.against(() => org.set("connector", id, { Version__c: null }))).toBe("Version_Never_Falls");
  });

  test.each(["Text__c", "Private_Text__c", "Excerpt__c", "Media__c"])(
    "that was deleted holds no %s, however late the write",
    (field) => {
      const id = posted(`gone-${field}`, { Text__c: null, [field]: "words" });
      expect(org.against(() => org.set("connector", id, { Deleted_At__c }))).toBe("Deleted_Post_Has_No_Text");
      expect(org.against(() => org.set("connector", id, { Deleted_At__c, [field]: null }))).toBeUndefined();
      expect(org.against(() => org.set("connector", id, { Version__c: 9, [field]: "words" }))).toBe(
        "Deleted_Post_Has_No_Text",
      );
      expect(org.against(() => org.set("connector", id, { Deleted_At__c: null, [field]: "words" }))).toBe(
        "Deletion_Is_Final",
      );
    },
  );

  test("stands on the case that a person or a merge has put it on", () => {
    const [one, other] = ["one", "other"].map((Subject) => org.create("ada", "Case", { Subject }));
    const id = posted("placed");
    expect(org.against(() => org.set("connector", id, { Case__c: one }))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { Case__c: other }))).toBe("Connector_Fills_Empty_Case");
    expect(org.against(() => org.set("ada", id, { Case__c: other }))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { Case__c: null }))).toBeUndefined();
  });

  test("is recorded by the connector alone; its labels a person may correct", () => {
    const id = posted("recorded");
    expect(org.against(() => org.create("ada", "Social_Post__c", { External_Key__c: "invented" }))).toBe(
      "Only_Connector_Records",
    );
    expect(org.against(() => org.set("ada", id, { Text__c: "I love you" }))).toBe("Only_Connector_Records");
    expect(org.against(() => org.set("ada", id, { Visibility__c: "public" }))).toBe("Only_Connector_Records");
    expect(org.against(() => org.set("ada", id, { Sentiment__c: "positive", Intent__c: "praise" }))).toBeUndefined();
  });
});
