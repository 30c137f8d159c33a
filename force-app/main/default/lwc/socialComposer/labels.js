import addressing from "@salesforce/label/c.Social_Addressing";
import addressingPrivate from "@salesforce/label/c.Social_Addressing_Private";
import answeredMeanwhile from "@salesforce/label/c.Social_Answered_Meanwhile";
import answeredMeanwhileHint from "@salesforce/label/c.Social_Answered_Meanwhile_Hint";
import answerBarred from "@salesforce/label/c.Social_Answer_Barred";
import asAccount from "@salesforce/label/c.Social_As_Account";
import chooseRoute from "@salesforce/label/c.Social_Choose_Route";
import gone from "@salesforce/label/c.Social_Target_Gone";
import listenOnly from "@salesforce/label/c.Social_Listen_Only";
import noAccount from "@salesforce/label/c.Social_No_Account";
import placeholder from "@salesforce/label/c.Social_Reply_Placeholder";
import prefixNote from "@salesforce/label/c.Social_Prefix_Note";
import reply from "@salesforce/label/c.Social_Reply";
import sendAnyway from "@salesforce/label/c.Social_Send_Anyway";
import sendHint from "@salesforce/label/c.Social_Send_Hint";
import sendPrivate from "@salesforce/label/c.Social_Send_Private";
import sendPublic from "@salesforce/label/c.Social_Send_Public";
import somebody from "@salesforce/label/c.Social_Somebody";

export default {
  addressing,
  addressingPrivate,
  answerBarred,
  answeredMeanwhile,
  answeredMeanwhileHint,
  asAccount,
  chooseRoute,
  gone,
  listenOnly,
  noAccount,
  placeholder,
  prefixNote,
  reply,
  sendAnyway,
  sendHint,
  sendPrivate,
  sendPublic,
  somebody,
};
