import INTENT from "@salesforce/schema/Social_Post__c.Intent__c";
import DECIDED_BY from "@salesforce/schema/Social_Post__c.Labels_Decided_By__c";
import NEEDS_RESPONSE from "@salesforce/schema/Social_Post__c.Needs_Response__c";
import SENTIMENT from "@salesforce/schema/Social_Post__c.Sentiment__c";
import TOPICS from "@salesforce/schema/Social_Post__c.Topics__c";

/**
 * The fields to write for what somebody corrected: only what is other than it was, signed.
 *
 * @param {object} post of `toPost`
 * @param {{ sentiment: string, intent: string, topics: string, needsResponse: boolean }} wanted topics separated by commas
 * @param {string | undefined} by the person's name
 * @returns {object | undefined} undefined: nothing was corrected
 */
export function toCorrection(post, wanted, by) {
  const topics = toTopics(wanted.topics);
  const fields = {
    ...other(SENTIMENT, post.sentiment ?? "", wanted.sentiment),
    ...other(INTENT, post.intent ?? "", wanted.intent),
    ...other(TOPICS, (post.topics ?? []).join(";"), topics),
    ...(Boolean(post.needsResponse) === wanted.needsResponse
      ? {}
      : { [NEEDS_RESPONSE.fieldApiName]: wanted.needsResponse }),
  };
  if (Object.keys(fields).length === 0) return undefined;
  return { ...fields, ...(by ? { [DECIDED_BY.fieldApiName]: by } : {}) };
}

function other(field, before, after) {
  return before === after ? {} : { [field.fieldApiName]: after === "" ? null : after };
}

function toTopics(text) {
  const topics = text.split(/[,;]/).map((topic) => topic.trim());
  return [...new Set(topics.filter(Boolean))].join(";");
}
