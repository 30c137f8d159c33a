import answered from "@salesforce/label/c.Social_Clock_Answered";
import decided from "@salesforce/label/c.Social_Clock_Decided";
import due from "@salesforce/label/c.Social_Clock_Due";
import empty from "@salesforce/label/c.Social_Clock_Empty";
import emptyHint from "@salesforce/label/c.Social_Clock_Empty_Hint";
import heard from "@salesforce/label/c.Social_Clock_Heard";
import late from "@salesforce/label/c.Social_Clock_Late";
import later from "@salesforce/label/c.Social_Clock_Later";
import notYet from "@salesforce/label/c.Social_Clock_Not_Yet";
import overdue from "@salesforce/label/c.Social_Clock_Overdue";
import posted from "@salesforce/label/c.Social_Clock_Posted";
import timely from "@salesforce/label/c.Social_Clock_Timely";
import title from "@salesforce/label/c.Social_Clock";

export default {
  answered,
  decided,
  due,
  empty,
  emptyHint,
  heard,
  late,
  later,
  notYet,
  overdue,
  posted,
  timely,
  title,
};
