import { LightningElement, api } from "lwc";
import loading from "@salesforce/label/c.Social_Loading";
import paused from "@salesforce/label/c.Social_Paused";

/**
 * The card around live data, with its states: loading until the first answer; an error in place of what never came; a quiet
 * banner over the last data while refreshing fails; a word on why it is empty. Slots: the default one, and `actions`.
 */
export default class SocialPanel extends LightningElement {
  labels = { loading, paused };

  /** The heading. */
  @api label;
  /** The icon beside it. */
  @api icon = "standard:social";
  /** Whether data came at least once. */
  @api hasData = false;
  /** What is wrong now, if anything. */
  @api errors;
  /** Whether the last refresh failed without giving `errors`. */
  @api isRefreshFailed = false;
  /** Whether the data is empty: then `emptyLabel` and `emptyHint` show. */
  @api isEmpty = false;
  @api emptyLabel;
  @api emptyHint;

  get isLoading() {
    return !this.hasData && !this.errors;
  }

  get failure() {
    return this.hasData ? undefined : this.errors;
  }

  get isPaused() {
    return this.hasData && (Boolean(this.errors) || this.isRefreshFailed);
  }

  get saysEmpty() {
    return this.hasData && this.isEmpty;
  }
}
