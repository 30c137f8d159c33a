import asked from "@salesforce/label/c.Social_Decision_Asked";
import bySender from "@salesforce/label/c.Social_By_Sender";
import checking from "@salesforce/label/c.Social_Checking";
import draft from "@salesforce/label/c.Social_Draft";
import failed from "@salesforce/label/c.Social_Failed";
import pending from "@salesforce/label/c.Social_Pending";
import queued from "@salesforce/label/c.Social_Queued";
import retry from "@salesforce/label/c.Social_Retry";
import retryHint from "@salesforce/label/c.Social_Retry_Hint";
import sendAgain from "@salesforce/label/c.Social_Send_Again";
import sendAgainHint from "@salesforce/label/c.Social_Send_Again_Hint";
import sending from "@salesforce/label/c.Social_Sending";
import sent from "@salesforce/label/c.Social_Sent";
import wasSent from "@salesforce/label/c.Social_Was_Sent";
import wasSentHint from "@salesforce/label/c.Social_Was_Sent_Hint";

export default {
  asked,
  bySender,
  checking,
  draft,
  failed,
  pending,
  queued,
  retry,
  retryHint,
  sendAgain,
  sendAgainHint,
  sending,
  sent,
  wasSent,
  wasSentHint,
};
