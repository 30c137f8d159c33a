import { openGuardedOrg, type GuardedOrg } from "./guarded-org.ts";

let org: GuardedOrg;
beforeAll(async () => {
  org = await openGuardedOrg("Case");
});
afterAll(() => org[Symbol.asyncDispose]());

describe("a case", () => {
  test("keeps the contact it has; an empty one the connector fills", () => {
    const [anna, bert] = ["Anna", "Bert"].map((LastName) => org.create("ada", "Contact", { LastName }));
    const id = org.create("connector", "Case", { Subject: "Bag", Origin: "Social" });
    expect(org.against(() => org.set("connector", id, { ContactId: anna }))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { ContactId: bert }))).toBe("Connector_Fills_Empty_Contact");
    expect(org.against(() => org.set("rita", id, { ContactId: bert }))).toBeUndefined();
  });

  test("may be changed by the company's own automation while the connector writes", () => {
    const id = org.create("connector", "Case", { Subject: "Bag", Priority: "High", OwnerId: org.idOf("rita") });
    const routed = { Subject: "Deleted by its author", Priority: "Low", OwnerId: org.idOf("sam") };
    expect(org.against(() => org.set("connector", id, routed))).toBeUndefined();
  });
});
