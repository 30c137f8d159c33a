import { LightningElement, api, wire } from "lwc";
import { getFieldValue, getRecord, notifyRecordUpdateAvailable } from "lightning/uiRecordApi";
import COVERAGE from "@salesforce/schema/Social_Account__c.Coverage__c";
import DETAIL from "@salesforce/schema/Social_Account__c.Health_Detail__c";
import HEALTH from "@salesforce/schema/Social_Account__c.Health__c";
import LAST_HEARD from "@salesforce/schema/Social_Account__c.Last_Heard_At__c";
import OPEN_GAPS from "@salesforce/schema/Social_Account__c.Open_Gaps__c";
import { openRefresh } from "c/socialRefresh";
import { fill } from "c/socialWords";
import { toGaps } from "./gaps";
import labels from "./labels";

const FIELDS = [HEALTH, DETAIL, LAST_HEARD, OPEN_GAPS, COVERAGE];
const EVERY_MS = 30_000;
const STATES = {
  Connected: { label: labels.connected, icon: "utility:success", className: "health health_good" },
  Degraded: { label: labels.degraded, icon: "utility:warning", className: "health health_doubtful" },
  Disconnected: { label: labels.disconnected, icon: "utility:error", className: "health health_bad" },
  "Listening stopped": { label: labels.stopped, icon: "utility:error", className: "health health_bad" },
};

/** Whether we hear one of our accounts, what to do where not, and what was missed when. */
export default class SocialCoverage extends LightningElement {
  labels = labels;
  fields = FIELDS;

  @api recordId;

  account;
  errors;
  refresher;

  connectedCallback() {
    this.refresher = openRefresh(() => notifyRecordUpdateAvailable([{ recordId: this.recordId }]), {
      everyMs: EVERY_MS,
    });
  }

  disconnectedCallback() {
    this.refresher.close();
  }

  @wire(getRecord, { recordId: "$recordId", optionalFields: "$fields" })
  wiredAccount({ data, error }) {
    this.errors = error;
    if (!data) return;
    const heardAt = getFieldValue(data, LAST_HEARD);
    this.account = {
      health: getFieldValue(data, HEALTH),
      detail: getFieldValue(data, DETAIL),
      heardMs: heardAt ? Date.parse(heardAt) : undefined,
      openGaps: getFieldValue(data, OPEN_GAPS) ?? 0,
      gaps: toGaps(getFieldValue(data, COVERAGE)),
    };
  }

  get hasData() {
    return this.account !== undefined;
  }

  get isEmpty() {
    return !this.account?.health;
  }

  get isShown() {
    return this.hasData && !this.isEmpty;
  }

  get state() {
    const { health } = this.account;
    return STATES[health] ?? { label: health, icon: "utility:info", className: "health" };
  }

  get openGaps() {
    return this.account.openGaps > 0 ? fill(labels.openGaps, this.account.openGaps) : labels.noGaps;
  }

  get hasGaps() {
    return this.account.gaps.length > 0;
  }
}
