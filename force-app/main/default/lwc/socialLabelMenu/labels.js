import cancel from "@salesforce/label/c.Social_Cancel";
import correct from "@salesforce/label/c.Social_Correct";
import correctOf from "@salesforce/label/c.Social_Correct_Of";
import intent from "@salesforce/label/c.Social_Intent";
import needsResponse from "@salesforce/label/c.Social_Needs_Response";
import none from "@salesforce/label/c.Social_Label_None";
import save from "@salesforce/label/c.Social_Save";
import sentiment from "@salesforce/label/c.Social_Sentiment";
import topics from "@salesforce/label/c.Social_Topics";
import topicsHint from "@salesforce/label/c.Social_Topics_Hint";

export default { cancel, correct, correctOf, intent, needsResponse, none, save, sentiment, topics, topicsHint };
