import caseHidden from "@salesforce/label/c.Social_Reply_Case_Hidden";
import empty from "@salesforce/label/c.Social_Reply_Empty";
import emptyHint from "@salesforce/label/c.Social_Reply_Empty_Hint";
import queued from "@salesforce/label/c.Social_Reply_Queued";
import queuedHint from "@salesforce/label/c.Social_Reply_Queued_Hint";
import readOnly from "@salesforce/label/c.Social_Read_Only";
import readOnlyHint from "@salesforce/label/c.Social_Read_Only_Hint";
import title from "@salesforce/label/c.Social_Reply_Title";

export default { caseHidden, empty, emptyHint, queued, queuedHint, readOnly, readOnlyHint, title };
