import { package_, saidAfter } from "./changed-metadata.ts";

const objects = `${package_}/objects`;
const rule = `${objects}/Social_Reply__c/validationRules/Queued_Is_Complete.validationRule-meta.xml`;

describe("a validation rule", () => {
  test.each([
    ["about a field that is not there", "ISBLANK(Post__c)", "ISBLANK(Pots__c)", "names what does not exist: Pots__c"],
    [
      "over a lookup to nowhere",
      "ISBLANK(Post__c)",
      "ISBLANK(Post__r.Pots__c)",
      "names what does not exist: Post__r.Pots__c",
    ],
    [
      "about a value that is not there",
      '"Queued"',
      '"Qeued"',
      "compares Status__c with a value it does not have: Qeued",
    ],
    [
      "for a permission nobody has",
      "ISBLANK(Post__c)",
      "$Permission.Admin",
      "names what does not exist: $Permission.Admin",
    ],
    ["with a foreign function", "ISBLANK(Post__c)", "VLOOKUP(Post__c)", "calls a function outside our subset: VLOOKUP"],
    [
      "with an open parenthesis",
      "ISBLANK(Post__c)",
      "(ISBLANK(Post__c)",
      "has a formula whose parentheses do not match",
    ],
    [
      "with too long a message",
      "<errorMessage>",
      `<errorMessage>${"x".repeat(255)}`,
      "needs a errorMessage of at most 255 characters",
    ],
  ])("%s", (_name, from, to, message) => {
    const said = saidAfter(rule, from, to);
    expect(said).toEqual([`Queued_Is_Complete.validationRule-meta.xml: ${message}`]);
  });
});
