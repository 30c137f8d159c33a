import empty from "@salesforce/label/c.Social_Inbox_Empty";
import emptyAll from "@salesforce/label/c.Social_Inbox_Empty_All";
import emptyFilter from "@salesforce/label/c.Social_Inbox_Empty_Filter";
import filter from "@salesforce/label/c.Social_Inbox_Filter";
import all from "@salesforce/label/c.Social_Inbox_All";
import loadMore from "@salesforce/label/c.Social_Load_More";
import mine from "@salesforce/label/c.Social_Inbox_Mine";
import newCase from "@salesforce/label/c.Social_Inbox_New_Case";
import newCases from "@salesforce/label/c.Social_Inbox_New_Cases";
import posts from "@salesforce/label/c.Social_Inbox_Posts";
import title from "@salesforce/label/c.Social_Inbox";
import unassigned from "@salesforce/label/c.Social_Inbox_Unassigned";

export default {
  all,
  empty,
  emptyAll,
  emptyFilter,
  filter,
  loadMore,
  mine,
  newCase,
  newCases,
  posts,
  title,
  unassigned,
};
