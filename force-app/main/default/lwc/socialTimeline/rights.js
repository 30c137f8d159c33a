import PRIVATE_TEXT from "@salesforce/schema/Social_Reply__c.Private_Text__c";
import DECISION from "@salesforce/schema/Social_Reply__c.Decision__c";
import SENTIMENT from "@salesforce/schema/Social_Post__c.Sentiment__c";

/**
 * What this user may do in the timeline.
 *
 * @param {{ replyInfo?: object, postInfo?: object, hideAnswer: boolean }} known object infos lack the fields that the user may not see
 */
export function toRights({ replyInfo, postInfo, hideAnswer }) {
  const { createable, fields = {} } = replyInfo ?? {};
  const mayLabel =
    Boolean(postInfo?.updateable ?? true) && Boolean(postInfo?.fields?.[SENTIMENT.fieldApiName]?.updateable);
  return {
    /** A private post is answered in private only. */
    mayAnswer: ({ isPrivate, isContext }) =>
      !hideAnswer &&
      !isContext &&
      Boolean(createable) &&
      (!isPrivate || Boolean(fields[PRIVATE_TEXT.fieldApiName]?.createable)),
    mayCorrect: ({ isOutbound, isContext, isDeleted, key }) =>
      mayLabel && !isOutbound && !isContext && !isDeleted && Boolean(key),
    mayDecide: Boolean(fields[DECISION.fieldApiName]?.updateable),
  };
}
