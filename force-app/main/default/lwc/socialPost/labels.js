import answer from "@salesforce/label/c.Social_Answer";
import answerTo from "@salesforce/label/c.Social_Answer_To";
import answered from "@salesforce/label/c.Social_Answered";
import answering from "@salesforce/label/c.Social_Answering";
import anonymous from "@salesforce/label/c.Social_Identity_Anonymous";
import correctedBy from "@salesforce/label/c.Social_Corrected_By";
import deleted from "@salesforce/label/c.Social_Deleted";
import deletedOurs from "@salesforce/label/c.Social_Deleted_Ours";
import edited from "@salesforce/label/c.Social_Edited";
import fresh from "@salesforce/label/c.Social_New";
import hidden from "@salesforce/label/c.Social_Private_Hidden";
import linked from "@salesforce/label/c.Social_Identity_Linked";
import needsResponse from "@salesforce/label/c.Social_Needs_Response";
import openOn from "@salesforce/label/c.Social_Open_On";
import ourPrivate from "@salesforce/label/c.Social_Our_Private_Message";
import ourPublic from "@salesforce/label/c.Social_Our_Public_Reply";
import privateFrom from "@salesforce/label/c.Social_Private_From";
import privateWord from "@salesforce/label/c.Social_Private";
import publicFrom from "@salesforce/label/c.Social_Public_From";
import publicWord from "@salesforce/label/c.Social_Public";
import somebody from "@salesforce/label/c.Social_Somebody";
import suggested from "@salesforce/label/c.Social_Identity_Suggested";
import verified from "@salesforce/label/c.Social_Identity_Verified";
import we from "@salesforce/label/c.Social_We";

export default {
  answer,
  answerTo,
  answered,
  answering,
  anonymous,
  correctedBy,
  deleted,
  deletedOurs,
  edited,
  fresh,
  hidden,
  linked,
  needsResponse,
  openOn,
  ourPrivate,
  ourPublic,
  privateFrom,
  privateWord,
  publicFrom,
  publicWord,
  somebody,
  suggested,
  verified,
  we,
};
