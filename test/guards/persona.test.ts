import type { Values } from "../../sandbox/org/store.ts";
import { openGuardedOrg, type GuardedOrg } from "./guarded-org.ts";

let org: GuardedOrg;
beforeAll(async () => {
  org = await openGuardedOrg("Social_Persona__c");
});
afterAll(() => org[Symbol.asyncDispose]());

describe("a persona", () => {
  const contact = (LastName: string) => org.create("ada", "Contact", { LastName });
  const known = (External_Key__c: string, values: Values = {}) =>
    org.create("connector", "Social_Persona__c", { External_Key__c, ...values });

  test("takes no older turn, so that a late call brings no older profile back", () => {
    const id = known("turns", { Turn__c: 7 });
    for (const Turn__c of [6, null])
      expect(org.against(() => org.set("connector", id, { Turn__c, Display_Name__c: "Anna" }))).toBe(
        "Turn_Never_Falls",
      );
    for (const Turn__c of [7, 8])
      expect(org.against(() => org.set("connector", id, { Turn__c, Display_Name__c: "Anna" }))).toBeUndefined();
  });

  test("is linked by the connector where no link stands, and not otherwise", () => {
    const [anna, bert] = [contact("Anna"), contact("Bert")];
    const id = known("linked");
    expect(org.against(() => org.set("connector", id, { Contact__c: anna, Identity__c: "Linked" }))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { Contact__c: anna }))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { Contact__c: bert }))).toBe("Connector_Fills_Empty_Links");
    expect(org.against(() => org.set("connector", id, { Contact__c: null }))).toBe("Connector_Fills_Empty_Links");
  });

  test("whom a person unlinked stays unlinked", () => {
    const id = known("undone", {
      Contact__c: contact("Carla"),
      Identity__c: "Linked",
      Identity_Decided_By__c: "Earshot",
    });
    expect(org.against(() => org.set("ada", id, { Contact__c: null }))).toBe("People_Sign_Their_Decision");
    const undo = { Contact__c: null, Identity__c: "Anonymous", Identity_Decided_By__c: "Ada Admin" };
    expect(org.against(() => org.set("ada", id, undo))).toBeUndefined();
    for (const change of [
      { Contact__c: contact("Dora") },
      { Identity__c: "Suggested" },
      { Identity_Decided_By__c: "Earshot" },
    ]) {
      expect(org.against(() => org.set("connector", id, change))).toBe("Person_Decided_Link_Stays");
    }
    expect(
      org.against(() => org.set("connector", id, { Display_Name__c: "Carla, anew", Followers__c: 7 })),
    ).toBeUndefined();
  });

  test.each([
    ["Linked", "Suggested"],
    ["Verified", "Linked"],
    ["Suggested", "Anonymous"],
  ])("who is %s does not become %s by a late write", (Identity__c, lower) => {
    const id = known(`late-${Identity__c}`, { Identity__c });
    expect(org.against(() => org.set("connector", id, { Identity__c: lower }))).toBe("Connector_Never_Lowers_Identity");
    expect(org.against(() => org.set("ada", id, { Identity__c: lower }))).toBe("People_Sign_Their_Decision");
    const signed = { Identity__c: lower, Identity_Decided_By__c: "Ada Admin" };
    expect(org.against(() => org.set("ada", id, signed))).toBeUndefined();
  });
});
