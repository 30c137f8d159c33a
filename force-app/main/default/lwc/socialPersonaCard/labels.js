import anonymous from "@salesforce/label/c.Social_Identity_Anonymous";
import choose from "@salesforce/label/c.Social_Who_Choose";
import chooseNobody from "@salesforce/label/c.Social_Who_Choose_First";
import confirm from "@salesforce/label/c.Social_Who_Confirm";
import decidedBy from "@salesforce/label/c.Social_Who_Decided_By";
import decidedByUs from "@salesforce/label/c.Social_Who_Decided_By_Earshot";
import group from "@salesforce/label/c.Social_Who_Group";
import hidden from "@salesforce/label/c.Social_Who_Hidden";
import linked from "@salesforce/label/c.Social_Identity_Linked";
import nobody from "@salesforce/label/c.Social_Who_Nobody";
import refuse from "@salesforce/label/c.Social_Who_Refuse";
import refuseAll from "@salesforce/label/c.Social_Who_Refuse_All";
import suggested from "@salesforce/label/c.Social_Identity_Suggested";
import undo from "@salesforce/label/c.Social_Who_Undo";
import verified from "@salesforce/label/c.Social_Identity_Verified";
import who from "@salesforce/label/c.Social_Who_Is";

export default {
  anonymous,
  choose,
  chooseNobody,
  confirm,
  decidedBy,
  decidedByUs,
  group,
  hidden,
  linked,
  nobody,
  refuse,
  refuseAll,
  suggested,
  undo,
  verified,
  who,
};
