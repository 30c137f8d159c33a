import anonymous from "@salesforce/label/c.Social_Identity_Anonymous";
import due from "@salesforce/label/c.Social_Due";
import fresh from "@salesforce/label/c.Social_New";
import linked from "@salesforce/label/c.Social_Identity_Linked";
import noSubject from "@salesforce/label/c.Social_No_Subject";
import overdue from "@salesforce/label/c.Social_Overdue";
import somebody from "@salesforce/label/c.Social_Somebody";
import suggested from "@salesforce/label/c.Social_Identity_Suggested";
import verified from "@salesforce/label/c.Social_Identity_Verified";

export default { anonymous, due, fresh, linked, noSubject, overdue, somebody, suggested, verified };
