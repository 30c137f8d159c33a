import { toCorrection } from "../corrections";

const post = { sentiment: "negative", intent: "complaint", topics: ["seat"], needsResponse: true };
const same = { sentiment: "negative", intent: "complaint", topics: "seat", needsResponse: true };

test.each([
  ["nothing", {}, undefined],
  ["the sentiment", { sentiment: "mixed" }, { Sentiment__c: "mixed" }],
  ["the intent, away", { intent: "" }, { Intent__c: null }],
  ["the topics", { topics: " seat, legroom ;seat," }, { Topics__c: "seat;legroom" }],
  ["that it needs an answer", { needsResponse: false }, { Needs_Response__c: false }],
])("corrected: %s", (_what, wanted, fields) => {
  const signed = fields && { ...fields, Labels_Decided_By__c: "Rita Rep" };
  expect(toCorrection(post, { ...same, ...wanted }, "Rita Rep")).toEqual(signed);
});
