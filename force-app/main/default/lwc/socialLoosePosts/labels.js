import also from "@salesforce/label/c.Social_Loose_Also";
import caseMade from "@salesforce/label/c.Social_Case_Made";
import dismiss from "@salesforce/label/c.Social_Dismiss";
import dismissed from "@salesforce/label/c.Social_Dismissed";
import empty from "@salesforce/label/c.Social_Loose_Empty";
import failed from "@salesforce/label/c.Social_Loose_Failed";
import caseLeft from "@salesforce/label/c.Social_Case_Left";
import label from "@salesforce/label/c.Social_Inbox_Posts";
import make from "@salesforce/label/c.Social_Make_Case";
import needsResponse from "@salesforce/label/c.Social_Needs_Response";
import open from "@salesforce/label/c.Social_Open_Case";
import privateFrom from "@salesforce/label/c.Social_Private_From";
import publicFrom from "@salesforce/label/c.Social_Public_From";
import somebody from "@salesforce/label/c.Social_Somebody";
import undo from "@salesforce/label/c.Social_Undo";

export default {
  also,
  caseLeft,
  caseMade,
  dismiss,
  dismissed,
  empty,
  failed,
  label,
  make,
  needsResponse,
  open,
  privateFrom,
  publicFrom,
  somebody,
  undo,
};
