import REPLY from "@salesforce/schema/Social_Reply__c";
import ACCOUNT from "@salesforce/schema/Social_Reply__c.Social_Account__c";
import CASE from "@salesforce/schema/Social_Reply__c.Case__c";
import POST from "@salesforce/schema/Social_Reply__c.Post__c";
import PRIVATE_TEXT from "@salesforce/schema/Social_Reply__c.Private_Text__c";
import ROUTE from "@salesforce/schema/Social_Reply__c.Route__c";
import SENDER_KIND from "@salesforce/schema/Social_Reply__c.Sender_Kind__c";
import STATUS from "@salesforce/schema/Social_Reply__c.Status__c";
import TEXT from "@salesforce/schema/Social_Reply__c.Text__c";
import { PRIVATE } from "c/socialRouting";

/** The record that asks the connector to send a person's answer. Private words stand where only few may read them. */
export function toQueuedReply({ target, caseId, route, text }) {
  const fields = {
    [POST.fieldApiName]: target.id,
    [ACCOUNT.fieldApiName]: target.accountId,
    [(route === PRIVATE ? PRIVATE_TEXT : TEXT).fieldApiName]: text,
    [ROUTE.fieldApiName]: route,
    [STATUS.fieldApiName]: "Queued",
    [SENDER_KIND.fieldApiName]: "Human",
  };
  if (caseId) fields[CASE.fieldApiName] = caseId;
  return { apiName: REPLY.objectApiName, fields };
}
