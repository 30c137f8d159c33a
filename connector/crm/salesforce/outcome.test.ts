import { toRowOutcome, type RowError } from "./outcome.ts";

const RULE = "FIELD_CUSTOM_VALIDATION_EXCEPTION";
const ours: RowError = { statusCode: RULE, message: "Newer words stand.", fields: ["Version__c"] };
const theirs: RowError = { statusCode: RULE, message: "Enter a reason.", fields: ["Reason__c"] };
const locked: RowError = { statusCode: "UNABLE_TO_LOCK_ROW", message: "locked", fields: [] };

const toOutcome = (errors: readonly RowError[], row = {}) =>
  toRowOutcome({ success: false, errors: [...errors] }, "key", {
    isDone: ({ fields }) => fields?.includes("Version__c") === true,
    rows: new Map([["key", row]]),
  });

test("a row that breaks a rule of ours and one of the company's is what ours says, in whatever order they come", () => {
  expect(toOutcome([ours, theirs])).toBeUndefined();
  expect(toOutcome([theirs, ours])).toBeUndefined();
  expect(toOutcome([theirs, locked])).toBe("again");
  expect(toOutcome([theirs])).toEqual({
    reason: RULE,
    detail:
      "Salesforce refuses the row (Reason__c): Enter a reason. – Let the rule pass holders of the custom permission Earshot_Connector.",
  });
});

test("what a trigger of the company says of the words is told to nobody", () => {
  const speaking = { ...theirs, message: "Not allowed here: my password is hunter2" };
  expect(toOutcome([speaking], { Text__c: "My password is hunter2" })).toMatchObject({
    detail: `Salesforce refuses the row (Reason__c): ${RULE} – Let the rule pass holders of the custom permission Earshot_Connector.`,
  });
});
