import { isNoAccess, isNotShared, toSentences } from "c/socialErrors";

describe("toSentences", () => {
  test.each([
    ["nothing", undefined, []],
    ["a string", "It broke", ["It broke"]],
    ["an Error", new Error("It broke"), ["It broke"]],
    ["a UI API read", { status: 500, body: { message: "Row locked" } }, ["Row locked"]],
    ["a UI API read of many", { body: [{ message: "One" }, { message: "Two" }] }, ["One", "Two"]],
    ["GraphQL", [{ message: "Field is unknown" }, { message: "Field is unknown" }], ["Field is unknown"]],
    ["only a status", { statusText: "Bad Gateway" }, ["Bad Gateway"]],
    ["an object without words", { status: 500 }, []],
  ])("%s", (_shape, error, sentences) => {
    expect(toSentences(error)).toEqual(sentences);
  });

  test("of a refused write, what the rules and the fields say, not that there is something to say", () => {
    const error = {
      body: {
        message: "An error occurred while trying to update the record. Please try again.",
        output: {
          errors: [{ message: "Only a failed reply can be tried again." }],
          fieldErrors: { Decision__c: [{ message: "Choose one." }], Text__c: [{ message: "Write something." }] },
        },
      },
    };
    expect(toSentences(error)).toEqual(["Only a failed reply can be tried again.", "Choose one.", "Write something."]);
  });

  test("a write that says nothing more precise keeps its own message", () => {
    expect(toSentences({ body: { message: "Row locked", output: { errors: [], fieldErrors: {} } } })).toEqual([
      "Row locked",
    ]);
  });
});

test.each([
  ["a record that cannot be read", { status: 404, body: [{ errorCode: "NOT_FOUND", message: "No such record" }] }],
  ["a record that cannot be changed", { status: 403, body: { message: "insufficient access rights on object id" } }],
  [
    "a record that cannot be pointed to",
    {
      status: 400,
      body: {
        message: "An error occurred while trying to update the record. Please try again.",
        output: {
          errors: [
            {
              errorCode: "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
              message: "insufficient access rights on cross-reference id: 500000000000001",
            },
          ],
          fieldErrors: {},
        },
      },
    },
  ],
])("%s is not shared with the user: said so, without Salesforce's words and ids", (_which, error) => {
  expect(toSentences(error)).toEqual(["c.Social_Not_Shared_Remedy"]);
  expect([isNotShared(error), isNoAccess(error)]).toEqual([true, false]);
});

describe("isNoAccess", () => {
  test.each([
    [
      [
        {
          message: "Validation error of type FieldUndefined: Field 'Social_Post__c' in type 'RecordQuery' is undefined",
        },
      ],
      true,
    ],
    [[{ message: 'Cannot query field "Social_Post__c" on type "RecordQuery".' }], true],
    [[{ message: "x", extensions: { ErrorType: "ValidationError" } }], true],
    [{ body: { errorCode: "INVALID_TYPE", message: "sObject type 'Social_Reply__c' is not supported." } }, true],
    [{ status: 403, body: { message: "You can't" } }, true],
    [{ status: 500, body: { message: "Row locked" } }, false],
    [[{ message: "OPERATION_TOO_LARGE" }], false],
    [undefined, false],
  ])("%j: %s", (error, expected) => {
    expect(isNoAccess(error)).toBe(expected);
  });
});
