import { openGuardedOrg, type GuardedOrg } from "./guarded-org.ts";

let org: GuardedOrg;
beforeAll(async () => {
  org = await openGuardedOrg("Social_Account__c");
});
afterAll(() => org[Symbol.asyncDispose]());

describe("an account", () => {
  test("takes no older report, and an admin's change whenever it comes", () => {
    const id = org.create("connector", "Social_Account__c", { External_Key__c: "turns", Turn__c: 7 });
    const late = { Turn__c: 6, Health__c: "Disconnected" };
    expect(org.against(() => org.set("connector", id, late))).toBe("Turn_Never_Falls");
    expect(org.against(() => org.set("connector", id, { ...late, Turn__c: 8 }))).toBeUndefined();
    expect(org.against(() => org.set("ada", id, { Mode__c: "Listen only" }))).toBeUndefined();
  });
});
