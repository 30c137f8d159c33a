import correctFailed from "@salesforce/label/c.Social_Correct_Failed";
import decideFailed from "@salesforce/label/c.Social_Decide_Failed";
import empty from "@salesforce/label/c.Social_Timeline_Empty";
import emptyHint from "@salesforce/label/c.Social_Timeline_Empty_Hint";
import loadOlder from "@salesforce/label/c.Social_Load_Older";
import newPost from "@salesforce/label/c.Social_New_Post";
import newPosts from "@salesforce/label/c.Social_New_Posts";
import privateThread from "@salesforce/label/c.Social_Private_Thread";
import publicThread from "@salesforce/label/c.Social_Public_Thread";
import somebody from "@salesforce/label/c.Social_Somebody";
import title from "@salesforce/label/c.Social_Timeline";

export default {
  correctFailed,
  decideFailed,
  empty,
  emptyHint,
  loadOlder,
  newPost,
  newPosts,
  privateThread,
  publicThread,
  somebody,
  title,
};
