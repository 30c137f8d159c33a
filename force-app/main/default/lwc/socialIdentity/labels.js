import empty from "@salesforce/label/c.Social_Who_Empty";
import emptyHint from "@salesforce/label/c.Social_Who_Empty_Hint";
import savedConfirm from "@salesforce/label/c.Social_Who_Saved_Confirm";
import savedChoose from "@salesforce/label/c.Social_Who_Saved_Choose";
import savedRefuse from "@salesforce/label/c.Social_Who_Saved_Refuse";
import savedUndo from "@salesforce/label/c.Social_Who_Saved_Undo";
import contactKept from "@salesforce/label/c.Social_Who_Contact_Kept";
import title from "@salesforce/label/c.Social_Who";

export default {
  contactKept,
  empty,
  emptyHint,
  saved: { confirm: savedConfirm, choose: savedChoose, refuse: savedRefuse, undo: savedUndo },
  title,
};
