import type { Values } from "../../sandbox/org/store.ts";
import { openGuardedOrg, type GuardedOrg } from "./guarded-org.ts";

let org: GuardedOrg;
beforeAll(async () => {
  org = await openGuardedOrg("Task");
});
afterAll(() => org[Symbol.asyncDispose]());

describe("a task about a post", () => {
  const words = { Subject: "Social post by @anna: old words", Description: "old words", Social_Excerpt_Length__c: 9 };
  const edited = (Social_Post_Version__c: number) => ({
    ...{ Subject: "Social post by @anna: new words!", Description: "new words!" },
    ...{ Social_Excerpt_Length__c: 10, Social_Post_Version__c },
  });
  const erased = { Subject: "Deleted by its author", Description: null, Social_Excerpt_Length__c: null };
  const born = (Social_Post_Key__c: string, values: Values = {}) => {
    const WhoId = org.create("ada", "Contact", { LastName: "Berg" });
    const key = { Social_Post_Key__c, Social_Post_Version__c: 5 };
    return org.create("connector", "Task", { ...words, ...key, WhoId, ...values });
  };

  test("takes a newer edit's words, and never an older one's", () => {
    const id = born("edits");
    expect(org.against(() => org.set("connector", id, edited(4)))).toBe("Post_Version_Never_Falls");
    expect(org.against(() => org.set("connector", id, edited(6)))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, edited(6)))).toBeUndefined();
  });

  test.each([{ Subject: "Called" }, { Description: "She is fine." }])("keeps what a person wrote: %j", (own) => {
    const id = born(`own ${JSON.stringify(own)}`);
    org.set("ada", id, own);
    expect(org.against(() => org.set("connector", id, edited(6)))).toBe("Connector_Edits_Only_Its_Own_Words");
    expect(org.against(() => org.set("connector", id, erased))).toBe("Connector_Erases_What_It_Read");
  });

  test("whose post was deleted takes no words again", () => {
    const id = born("gone");
    expect(org.against(() => org.set("connector", id, erased))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, edited(6)))).toBe("Connector_Edits_Only_Its_Own_Words");
  });

  test("is as long as the org counts it: the end of a line is two characters", () => {
    const lines = { Description: "one\r\ntwo", Social_Excerpt_Length__c: 8, Social_Post_Version__c: 6 };
    const id = born("lines");
    expect(org.against(() => org.set("connector", id, { ...lines, Description: "one\ntwo" }))).toBeUndefined();
    org.set("ada", id, { Description: "Called\nher." });
    expect(org.against(() => org.set("connector", id, lines))).toBe("Connector_Edits_Only_Its_Own_Words");
  });

  test("loses cut words only as they were read", () => {
    const id = born("cut");
    org.set("ada", id, { Description: "old words, and mine" });
    const cut = { ...erased, Description: "…, and mine", Social_Seen_Length__c: 19 };
    expect(org.against(() => org.set("connector", id, cut))).toBeUndefined();
    org.set("ada", id, { Description: "Refund promised." });
    expect(org.against(() => org.set("connector", id, cut))).toBe("Connector_Erases_What_It_Read");
  });

  test("loses words that an edit replaced only as they were read", () => {
    const id = born("replaced");
    org.set("ada", id, { Description: "old words, and mine" });
    const cut = { Description: "…, and mine", Social_Excerpt_Length__c: -1, Social_Seen_Length__c: 19 };
    const subject = { Subject: "Social post by @anna: …", Social_Excerpt_Length__c: -1, Social_Seen_Length__c: 31 };
    for (const row of [cut, subject]) expect(org.against(() => org.set("connector", id, row))).toBeUndefined();
    org.set("ada", id, { Subject: "Refund", Description: "Refund promised." });
    for (const row of [cut, subject])
      expect(org.against(() => org.set("connector", id, row))).toBe("Connector_Erases_What_It_Read");
    expect(org.against(() => org.set("connector", id, edited(6)))).toBe("Connector_Edits_Only_Its_Own_Words");
  });

  test("is not made anew by an edit: it belongs to somebody", () => {
    expect(org.against(() => born("removed", { WhoId: null }))).toBe("Post_Task_Has_Its_Person");
  });

  test("that is born late, after a later call about the persona, is refused", () => {
    const persona = { External_Key__c: "late", Turn__c: 7 };
    const Social_Persona__c = org.create("connector", "Social_Persona__c", persona);
    const birth = (key: string, values: Values) => org.against(() => born(key, values));
    expect(birth("late", { Social_Persona__c, Social_Turn__c: 6 })).toBe("Nothing_Is_Born_Late");
    expect(birth("in time", { Social_Persona__c, Social_Turn__c: 7 })).toBeUndefined();
    expect(birth("of nobody", { Social_Turn__c: 6 })).toBeUndefined();
    const byHand = { Subject: "Call her", Social_Persona__c };
    for (const who of ["connector", "ada"] as const)
      expect(org.against(() => org.create(who, "Task", byHand))).toBeUndefined();
  });

  test("may be changed by people as they like, and by the connector in other ways", () => {
    const id = born("people");
    expect(org.against(() => org.set("ada", id, { ...erased, Social_Post_Version__c: 1 }))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { Priority: "High" }))).toBeUndefined();
  });
});
