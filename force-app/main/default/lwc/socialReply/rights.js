import PRIVATE_TEXT from "@salesforce/schema/Social_Reply__c.Private_Text__c";

/**
 * What this user may do.
 *
 * @param {object} replyInfo the object info of Social_Reply__c; it lacks the fields that the user may not see
 * @returns {{ mayAnswer: boolean, mayWritePrivate: boolean }}
 */
export function toRights(replyInfo) {
  return {
    mayAnswer: replyInfo.createable,
    mayWritePrivate: Boolean(replyInfo.fields[PRIVATE_TEXT.fieldApiName]?.createable),
  };
}
