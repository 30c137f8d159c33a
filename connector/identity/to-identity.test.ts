import type { Candidate, KnownPersona } from "../model/memory.ts";
import { toIdentity } from "./to-identity.ts";

const anna: Candidate = { link: { contact: "003A", account: "001A" }, field: "Contact.Mastodon__c" };
const annaAgain: Candidate = { link: { contact: "003A", account: "001A" }, field: "Contact.Fediverse__c" };
const lead: Candidate = { link: { lead: "00QA" }, field: "Lead.Mastodon__c" };

const persona = (change: Partial<KnownPersona>): KnownPersona => ({
  key: "mastodon:social.example/accounts/1",
  identity: "Anonymous",
  link: {},
  decidedBy: undefined,
  ...change,
});

describe("identity", () => {
  test("one record with the handle links, and says why", () => {
    expect(toIdentity({ persona: undefined, candidates: [anna] })).toEqual({
      state: "Linked",
      link: anna.link,
      evidence: "Handle on record: Contact.Mastodon__c",
      found: true,
    });
  });

  test("two fields of one record are one person", () => {
    const identity = toIdentity({ persona: undefined, candidates: [anna, annaAgain] });
    expect(identity).toMatchObject({ state: "Linked", link: anna.link, found: true });
    expect(identity.evidence).toBe("Handle on record: Contact.Fediverse__c, Contact.Mastodon__c");
  });

  test.each([
    ["Contact and Lead", [anna, lead]],
    ["two Contacts", [anna, { link: { contact: "003B" }, field: "Contact.Mastodon__c" }]],
    [
      "two Contacts of one Account",
      [anna, { link: { contact: "003B", account: "001A" }, field: "Contact.Mastodon__c" }],
    ],
  ])("%s with one handle suggest, and link nobody", (_, candidates) => {
    expect(toIdentity({ persona: undefined, candidates })).toMatchObject({
      state: "Suggested",
      link: {},
      found: true,
    });
  });

  test("without evidence the author stays anonymous", () => {
    expect(toIdentity({ persona: undefined, candidates: [] })).toMatchObject({
      state: "Anonymous",
      link: {},
      found: false,
    });
  });

  test.each([
    ["a person's link", persona({ identity: "Verified", link: { lead: "00QB" }, decidedBy: "Rita Rep" }), "Verified"],
    ["our own link", persona({ identity: "Linked", link: { contact: "003B" }, decidedBy: "Earshot" }), "Linked"],
    ["a link of unknown hand", persona({ link: { account: "001B" } }), "Linked"],
  ])("%s stands against other evidence", (_, known, state) => {
    expect(toIdentity({ persona: known, candidates: [anna] })).toMatchObject({ state, link: known.link, found: false });
  });

  test("a person's refusal stands against the evidence", () => {
    const refused = persona({ decidedBy: "Rita Rep" });
    expect(toIdentity({ persona: refused, candidates: [anna] })).toEqual({
      state: "Anonymous",
      link: {},
      evidence: "Rita Rep decided that it is nobody on record.",
      found: false,
    });
  });

  test("our own earlier finding of nobody is looked at again", () => {
    const known = persona({ identity: "Suggested", decidedBy: "Earshot" });
    expect(toIdentity({ persona: known, candidates: [anna] })).toMatchObject({ state: "Linked", found: true });
  });
});
