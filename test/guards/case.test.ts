import type { Values } from "../../sandbox/org/store.ts";
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

  const at = (hour: number) => `2026-11-22T${hour}:00:00Z`;
  const born = (values: Values = {}) => org.create("connector", "Case", { Origin: "Social", ...values });
  const called = { Subject: "Anna: old words", Description: "old words", Social_Opening_Post_Key__c: "p" };
  const ours = { Social_Opening_Subject__c: called.Subject, Social_Opening_Length__c: 9, Social_Opening_Version__c: 5 };
  const edited = (version: number) => ({
    ...{ Subject: "Anna: new words!", Social_Opening_Subject__c: "Anna: new words!" },
    ...{ Description: "new words!", Social_Opening_Length__c: 10, Social_Opening_Version__c: version },
  });
  const erased = {
    ...{ Subject: "Deleted by its author", Description: null },
    ...{ Social_Opening_Post_Key__c: null, Social_Opening_Subject__c: null, Social_Opening_Length__c: null },
  };

  test("is not born late: after a call of a later turn it may have been there and gone", () => {
    const persona = { External_Key__c: "late", Turn__c: 7 };
    const Social_Persona__c = org.create("connector", "Social_Persona__c", persona);
    const late = { Origin: "Social", Social_Persona__c, Social_Turn__c: 6 };
    expect(org.against(() => org.create("connector", "Case", late))).toBe("Nothing_Is_Born_Late");
    expect(org.against(() => org.create("connector", "Case", { ...late, Social_Turn__c: 7 }))).toBeUndefined();
    const byHand = { Origin: "Phone", Social_Persona__c };
    for (const who of ["connector", "ada"] as const)
      expect(org.against(() => org.create(who, "Case", byHand))).toBeUndefined();
  });

  test("has times that only move forward, and are set once", () => {
    const id = born({ Social_Last_Inbound_At__c: at(10), Social_Posted_At__c: at(10) });
    expect(org.against(() => org.set("connector", id, { Social_Last_Inbound_At__c: at(11) }))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, { Social_First_Response_At__c: at(11) }))).toBeUndefined();
    for (const change of [
      { Social_Last_Inbound_At__c: at(10) },
      { Social_Last_Inbound_At__c: null },
      { Social_First_Response_At__c: at(10) },
      { Social_First_Response_At__c: null },
      { Social_Posted_At__c: at(11) },
    ]) {
      expect(org.against(() => org.set("connector", id, change))).toBe("Stamps_Only_Move_Forward");
    }
  });

  test("is opened again as it was seen closed, and not otherwise", () => {
    const id = born();
    org.set("rita", id, { Status: "Closed" });
    const closedAt = org.read(id, "ClosedDate");
    const reopened = (Social_Seen_Closed_At__c: unknown) => () =>
      org.set("connector", id, { Status: "New", Social_Seen_Closed_At__c });
    expect(org.against(reopened("2026-01-01T00:00:00Z"))).toBe("Reopens_Only_What_It_Saw_Closed");
    expect(org.against(reopened(closedAt))).toBeUndefined();
    org.set("rita", id, { Status: "Working" });
    expect(org.against(reopened(closedAt))).toBe("Reopens_Only_What_It_Saw_Closed");
    const moved = { Status: "Escalated", Social_Seen_Closed_At__c: null };
    expect(org.against(() => org.set("connector", id, moved))).toBeUndefined();
  });

  test("takes an edit's words where ours stand, and never an older edit's", () => {
    const id = born({ ...called, ...ours });
    expect(org.against(() => org.set("connector", id, edited(4)))).toBe("Connector_Edits_Only_Its_Own_Words");
    expect(org.against(() => org.set("connector", id, edited(6)))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, edited(6)))).toBeUndefined();
  });

  test.each([{ Subject: "Seat 12C" }, { Description: "Called her, she is fine." }])(
    "keeps what a person wrote: %j",
    (own) => {
      const id = born({ ...called, ...ours });
      org.set("rita", id, own);
      expect(org.against(() => org.set("connector", id, edited(6)))).toBe("Connector_Edits_Only_Its_Own_Words");
      expect(org.against(() => org.set("connector", id, erased))).toBe("Connector_Erases_What_It_Read");
    },
  );

  test("that a person named forgets what it was called by, and only such a one", () => {
    const forgotten = { Social_Opening_Subject__c: "Anna: new words!", Social_Opening_Version__c: 6 };
    const id = born({ ...called, ...ours });
    expect(org.against(() => org.set("connector", id, forgotten))).toBe("Connector_Edits_Only_Its_Own_Words");
    org.set("rita", id, { Subject: "Seat 12C" });
    const older = { ...forgotten, Social_Opening_Version__c: 4 };
    expect(org.against(() => org.set("connector", id, older))).toBe("Connector_Edits_Only_Its_Own_Words");
    expect(org.against(() => org.set("connector", id, forgotten))).toBeUndefined();
    org.set("connector", id, { ...erased, Subject: "Seat 12C", Description: called.Description });
    expect(org.against(() => org.set("connector", id, forgotten))).toBe("Connector_Edits_Only_Its_Own_Words");
  });

  test("that was erased takes no words again, and a person's are not erased by a second call", () => {
    const id = born({ ...called, ...ours });
    expect(org.against(() => org.set("connector", id, erased))).toBeUndefined();
    expect(org.against(() => org.set("connector", id, edited(6)))).toBe("Connector_Edits_Only_Its_Own_Words");
    org.set("rita", id, { Subject: "Seat 12C" });
    expect(org.against(() => org.set("connector", id, erased))).toBe("Connector_Erases_What_It_Read");
  });

  test("loses cut words only as they were read", () => {
    const id = born({ ...called, ...ours });
    org.set("rita", id, { Description: "old words, and mine" });
    const cut = { ...erased, Description: "…, and mine", Social_Seen_Length__c: 19 };
    expect(org.against(() => org.set("connector", id, { ...cut, Social_Seen_Length__c: 18 }))).toBe(
      "Connector_Erases_What_It_Read",
    );
    expect(org.against(() => org.set("connector", id, cut))).toBeUndefined();
    org.set("rita", id, { Description: "Refund promised." });
    expect(org.against(() => org.set("connector", id, cut))).toBe("Connector_Erases_What_It_Read");
  });

  test("loses words that an edit replaced only as they were read, whatever else is ours", () => {
    const id = born({ ...called, ...ours });
    org.set("rita", id, { Subject: "Seat 12C: old words", Description: "old words, and mine" });
    const cut = { Description: "…, and mine", Social_Opening_Length__c: -1, Social_Seen_Length__c: 19 };
    const cutSubject = { Subject: "Seat 12C: …", Social_Seen_Length__c: 19 };
    for (const row of [cut, cutSubject]) {
      const late = { ...row, Social_Seen_Length__c: 18 };
      expect(org.against(() => org.set("connector", id, late))).toBe("Connector_Erases_What_It_Read");
      expect(org.against(() => org.set("connector", id, row))).toBeUndefined();
    }
    org.set("rita", id, { Subject: "Refund", Description: "Refund promised." });
    for (const row of [cut, cutSubject])
      expect(org.against(() => org.set("connector", id, row))).toBe("Connector_Erases_What_It_Read");
    expect(org.against(() => org.set("connector", id, edited(6)))).toBe("Connector_Edits_Only_Its_Own_Words");
    const routed = { Subject: "Routed: bag", Social_Seen_Length__c: null };
    expect(org.against(() => org.set("connector", id, routed))).toBeUndefined();
  });

  test("may be changed by the company's own automation while the connector writes", () => {
    const id = org.create("connector", "Case", { Subject: "Bag", Priority: "High", OwnerId: org.idOf("rita") });
    const routed = { Subject: "Routed: bag", Status: "Working", Priority: "Low", OwnerId: org.idOf("sam") };
    expect(org.against(() => org.set("connector", id, routed))).toBeUndefined();
  });
});
