import brought from "@salesforce/label/c.Social_Gap_Brought";
import causeDisk from "@salesforce/label/c.Social_Gap_Disk";
import causeLimit from "@salesforce/label/c.Social_Gap_Limit";
import causeNotGiven from "@salesforce/label/c.Social_Gap_Not_Given";
import causeStopped from "@salesforce/label/c.Social_Gap_Stopped";
import causeStream from "@salesforce/label/c.Social_Gap_Stream";
import causeToken from "@salesforce/label/c.Social_Gap_Token";
import causeUnreachable from "@salesforce/label/c.Social_Gap_Unreachable";
import causeWebhook from "@salesforce/label/c.Social_Gap_Webhook";
import closed from "@salesforce/label/c.Social_Gap_Closed";
import connected from "@salesforce/label/c.Social_Health_Connected";
import degraded from "@salesforce/label/c.Social_Health_Degraded";
import disconnected from "@salesforce/label/c.Social_Health_Disconnected";
import empty from "@salesforce/label/c.Social_Coverage_Empty";
import emptyHint from "@salesforce/label/c.Social_Coverage_Empty_Hint";
import gaps from "@salesforce/label/c.Social_Gaps";
import growing from "@salesforce/label/c.Social_Gap_Growing";
import heard from "@salesforce/label/c.Social_Last_Heard";
import lasted from "@salesforce/label/c.Social_Gap_Lasted";
import noGaps from "@salesforce/label/c.Social_Gaps_None";
import open from "@salesforce/label/c.Social_Gap_Open";
import openGaps from "@salesforce/label/c.Social_Gaps_Open";
import stopped from "@salesforce/label/c.Social_Health_Stopped";
import title from "@salesforce/label/c.Social_Coverage";

export default {
  brought,
  causeDisk,
  causeLimit,
  causeNotGiven,
  causeStopped,
  causeStream,
  causeToken,
  causeUnreachable,
  causeWebhook,
  closed,
  connected,
  degraded,
  disconnected,
  empty,
  emptyHint,
  gaps,
  growing,
  heard,
  lasted,
  noGaps,
  open,
  openGaps,
  stopped,
  title,
};
