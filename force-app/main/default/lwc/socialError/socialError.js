import { LightningElement, api } from "lwc";
import { isNoAccess, isNotShared, toSentences } from "c/socialErrors";
import noAccess from "@salesforce/label/c.Social_No_Access";
import noAccessRemedy from "@salesforce/label/c.Social_No_Access_Remedy";
import notShared from "@salesforce/label/c.Social_Not_Shared";
import title from "@salesforce/label/c.Social_Error";
import unknown from "@salesforce/label/c.Social_Error_Unknown";

/** Says what went wrong, and who can help. */
export default class SocialError extends LightningElement {
  /** Any error of Lightning Data Service, GraphQL or JavaScript. */
  @api error;

  get isNoAccess() {
    return isNoAccess(this.error);
  }

  get isNotShared() {
    return isNotShared(this.error);
  }

  get title() {
    if (this.isNotShared) return notShared;
    return this.isNoAccess ? noAccess : title;
  }

  get sentences() {
    if (this.isNoAccess) return [noAccessRemedy];
    const sentences = toSentences(this.error);
    return sentences.length > 0 ? sentences : [unknown];
  }

  get icon() {
    return this.isNoAccess || this.isNotShared ? "utility:lock" : "utility:warning";
  }
}
