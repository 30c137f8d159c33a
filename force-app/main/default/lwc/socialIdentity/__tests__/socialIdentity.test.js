import { createElement } from "lwc";
import { graphql } from "lightning/graphql";
import { publish } from "lightning/messageService";
import { getObjectInfo } from "lightning/uiObjectInfoApi";
import { getRecord, updateRecord } from "lightning/uiRecordApi";
import SocialIdentity from "c/socialIdentity";

const PERSONA = {
  Id: "a0B1",
  Handle__c: { value: "anna" },
  Display_Name__c: { value: "Anna" },
  Identity__c: { value: "Linked" },
  Identity_Evidence__c: { value: "Handle on record." },
  Identity_Decided_By__c: { value: "Earshot" },
  Contact__c: { value: "003A" },
  Contact__r: { Name: { value: "Anna Berg" } },
  Lead__c: { value: null },
  Account__c: { value: null },
};
const settle = () => Array.from({ length: 10 }).reduce((turns) => turns.then(() => undefined), Promise.resolve());

async function show({ contactId = "003A", persona = PERSONA, mayDecide = true, ...properties } = {}) {
  const element = createElement("c-social-identity", { is: SocialIdentity });
  Object.assign(element, { recordId: "500A", objectApiName: "Case", ...properties });
  document.body.appendChild(element);
  await settle();
  getRecord.emit(
    { apiName: "Case", fields: { Social_Persona__c: { value: "a0B1" }, ContactId: { value: contactId } } },
    ({ recordId }) => recordId === "500A",
  );
  getRecord.emit({ apiName: "User", fields: { Name: { value: "Rita Rep" } } }, ({ recordId }) => recordId !== "500A");
  getObjectInfo.emit({ fields: { Identity__c: { updateable: mayDecide } } });
  await settle();
  graphql.emit({ uiapi: { query: { Social_Persona__c: { edges: [{ node: persona }] } } } }, undefined, jest.fn());
  await settle();
  const card = element.shadowRoot.querySelector("c-social-persona-card");
  return {
    card,
    element,
    async decide(decision, target) {
      card.dispatchEvent(new CustomEvent("decide", { detail: { personaId: "a0B1", decision, target } }));
      await settle();
      await settle();
    },
  };
}
const written = () => updateRecord.mock.calls.map(([{ fields }]) => fields);

beforeEach(() => {
  jest.clearAllMocks();
  updateRecord.mockResolvedValue({});
});
afterEach(() => {
  document.body.replaceChildren();
  window.sessionStorage.clear();
});

const NOBODY = { Contact__c: null, Lead__c: null, Account__c: null };
const signed = { Id: "a0B1", Identity_Decided_By__c: "Rita Rep" };

test("shows whom it stands for and why, with a name for screen readers", async () => {
  const { card } = await show();
  expect(card.shadowRoot.textContent).toContain("Anna Berg");
  expect(card.shadowRoot.querySelector("article").getAttribute("aria-label")).toBe("c.Social_Who_Group");
  expect(card.persona).toMatchObject({ evidence: "Handle on record.", decidedBy: undefined });
});

test("an Account shows whom it stands for itself, and its people", async () => {
  await show({ recordId: "001A", objectApiName: "Account" });
  expect(graphql.getLastConfig().variables.personas.or).toEqual([
    { Account__c: { eq: "001A" } },
    { Contact__r: { AccountId: { eq: "001A" } } },
    expect.anything(),
  ]);
});

test("a confirmation is signed and touches nothing else", async () => {
  const { decide } = await show();
  await decide("confirm");
  expect(written()).toEqual([{ ...signed, Identity__c: "Verified" }]);
  expect(publish).toHaveBeenCalledWith(undefined, "Social_Persona_Decided__c", {
    personaId: "a0B1",
    identity: "Verified",
  });
});

test("a refusal takes the wrong Contact off the Case, too; undone, it comes back", async () => {
  const { decide } = await show();
  await decide("refuse");
  expect(written()).toEqual([
    { ...signed, ...NOBODY, Identity__c: "Anonymous" },
    { Id: "500A", ContactId: null },
  ]);
  updateRecord.mockClear();
  graphql.emit({
    uiapi: { query: { Social_Persona__c: { edges: [{ node: { ...PERSONA, Contact__c: { value: null } } }] } } },
  });
  getRecord.emit(
    { apiName: "Case", fields: { Social_Persona__c: { value: "a0B1" }, ContactId: { value: null } } },
    ({ recordId }) => recordId === "500A",
  );
  await settle();
  await decide("undo");
  expect(written()).toEqual([
    { ...signed, ...NOBODY, Contact__c: "003A", Identity__c: "Linked" },
    { Id: "500A", ContactId: "003A" },
  ]);
});

test("a Contact that somebody put on the Case by hand stays", async () => {
  const { decide } = await show({ contactId: "003B" });
  await decide("choose", { objectApiName: "Lead", id: "00QA" });
  expect(written()).toEqual([{ ...signed, ...NOBODY, Lead__c: "00QA", Identity__c: "Linked" }]);
});

test("what is refused is said in plain words, and nothing is undone by it", async () => {
  updateRecord.mockRejectedValueOnce({ body: { message: "You may not edit this." } });
  const { element, card, decide } = await show();
  await decide("refuse");
  expect(element.shadowRoot.querySelector("c-social-error").error).toEqual({
    body: { message: "You may not edit this." },
  });
  expect(card.canUndo).toBe(false);
});

test("a Case whose Contact cannot be changed says so, and keeps the decision", async () => {
  updateRecord.mockResolvedValueOnce({}).mockRejectedValueOnce({ body: { message: "Locked." } });
  const { element, card, decide } = await show();
  await decide("refuse");
  expect(element.shadowRoot.querySelector("c-social-error").error).toEqual(["c.Social_Who_Contact_Kept", "Locked."]);
  expect(card.canUndo).toBe(true);
});

test.each([
  ["no parent", null],
  ["a parent without a name", { Name: { value: null } }],
])("somebody whom the reader may not see (%s) has no link, and is neither confirmed nor refused", async (_, hidden) => {
  const { card } = await show({ persona: { ...PERSONA, Contact__r: hidden } });
  const { textContent } = card.shadowRoot.querySelector("article");
  expect(textContent).toContain("c.Social_Who_Hidden");
  expect(card.shadowRoot.querySelector("a")).toBeNull();
  const buttons = [...card.shadowRoot.querySelectorAll("lightning-button")].map(({ label }) => label);
  expect(buttons).toEqual(["c.Social_Who_Choose"]);
});

test("who may not decide sees no buttons", async () => {
  const { card } = await show({ mayDecide: false });
  expect(card.shadowRoot.querySelector("lightning-button")).toBeNull();
});
