import { LightningElement, api, wire } from "lwc";
import { getFieldValue, getRecord, notifyRecordUpdateAvailable } from "lightning/uiRecordApi";
import DETECTED from "@salesforce/schema/Case.Social_Detected_At__c";
import DUE from "@salesforce/schema/Case.Social_Response_Due__c";
import ANSWERED from "@salesforce/schema/Case.Social_First_Response_At__c";
import POSTED from "@salesforce/schema/Case.Social_Posted_At__c";
import TRIAGED from "@salesforce/schema/Case.Social_Triaged_At__c";
import { openRefresh } from "c/socialRefresh";
import labels from "./labels";
import { toSteps, toVerdict } from "./steps";

const FIELDS = [POSTED, DETECTED, TRIAGED, ANSWERED, DUE];
/** How often the time left is told anew, and an answer looked for. */
const EVERY_MS = 15_000;

/** The answered clock of a Case: posted, heard, decided, answered, with the time between, and what is left until it is due. */
export default class SocialClock extends LightningElement {
  labels = labels;
  fields = FIELDS;

  @api recordId;

  times;
  errors;
  nowMs = Date.now();
  refresher;

  connectedCallback() {
    this.refresher = openRefresh(() => this.refresh(), { everyMs: EVERY_MS });
  }

  disconnectedCallback() {
    this.refresher.close();
  }

  @wire(getRecord, { recordId: "$recordId", optionalFields: "$fields" })
  wiredCase({ data, error }) {
    this.errors = error;
    if (!data) return;
    const at = (field) => toMs(getFieldValue(data, field));
    this.times = {
      postedMs: at(POSTED),
      detectedMs: at(DETECTED),
      triagedMs: at(TRIAGED),
      answeredMs: at(ANSWERED),
      dueMs: at(DUE),
    };
    this.nowMs = Date.now();
  }

  /** Once answered, nothing moves any more. */
  refresh() {
    this.nowMs = Date.now();
    if (!this.times || this.times.answeredMs !== undefined) return undefined;
    return notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
  }

  get hasData() {
    return this.times !== undefined;
  }

  get isEmpty() {
    return this.times?.postedMs === undefined && this.times?.dueMs === undefined;
  }

  get isShown() {
    return this.hasData && !this.isEmpty;
  }

  get steps() {
    return toSteps(this.times);
  }

  get verdict() {
    return toVerdict(this.times, this.nowMs);
  }
}

function toMs(time) {
  return time ? Date.parse(time) : undefined;
}
