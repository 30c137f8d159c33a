import { LightningElement, api, wire } from "lwc";
import { getObjectInfo, getPicklistValues } from "lightning/uiObjectInfoApi";
import { getFieldValue, getRecord } from "lightning/uiRecordApi";
import POST from "@salesforce/schema/Social_Post__c";
import INTENT from "@salesforce/schema/Social_Post__c.Intent__c";
import SENTIMENT from "@salesforce/schema/Social_Post__c.Sentiment__c";
import userId from "@salesforce/user/Id";
import { fill } from "c/socialWords";
import { toCorrection } from "./corrections";
import labels from "./labels";

const USER_NAME = "User.Name";

/** Corrects what we made of a post. Fires `correct` with the post's id and the fields to write. */
export default class SocialLabelMenu extends LightningElement {
  labels = labels;
  intentField = INTENT;
  sentimentField = SENTIMENT;
  userFields = [USER_NAME];

  isOpen = false;
  wantsFocus = false;
  recordTypeId;
  sentiments = [];
  intents = [];
  userName;

  /** A post of `toPost` of `c/socialThread`. */
  @api post;
  @api isBusy = false;

  /** What the menu needs is asked for when it is opened, not for each of a hundred posts. */
  get asked() {
    return this.isOpen ? { object: POST, user: userId } : {};
  }

  get askedObject() {
    return this.asked.object;
  }

  get askedUser() {
    return this.asked.user;
  }

  @wire(getObjectInfo, { objectApiName: "$askedObject" })
  wiredInfo({ data }) {
    this.recordTypeId = data?.defaultRecordTypeId ?? this.recordTypeId;
  }

  @wire(getPicklistValues, { recordTypeId: "$recordTypeId", fieldApiName: "$sentimentField" })
  wiredSentiments({ data }) {
    this.sentiments = data?.values ?? this.sentiments;
  }

  @wire(getPicklistValues, { recordTypeId: "$recordTypeId", fieldApiName: "$intentField" })
  wiredIntents({ data }) {
    this.intents = data?.values ?? this.intents;
  }

  @wire(getRecord, { recordId: "$askedUser", fields: "$userFields" })
  wiredUser({ data }) {
    this.userName = data ? getFieldValue(data, USER_NAME) : this.userName;
  }

  renderedCallback() {
    if (!this.wantsFocus) return;
    this.wantsFocus = false;
    this.template.querySelector(this.isOpen ? "select" : ".open")?.focus();
  }

  get menuLabel() {
    return fill(labels.correctOf, this.post.author?.name ?? "");
  }

  get sentimentOptions() {
    return toOptions(this.sentiments, this.post.sentiment);
  }

  get intentOptions() {
    return toOptions(this.intents, this.post.intent);
  }

  get topics() {
    return (this.post.topics ?? []).join(", ");
  }

  handleToggle() {
    this.isOpen = !this.isOpen;
    this.wantsFocus = true;
  }

  handleKey(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.handleToggle();
  }

  handleSave() {
    const at = (name) => this.template.querySelector(`[data-name="${name}"]`);
    const wanted = {
      sentiment: at("sentiment").value,
      intent: at("intent").value,
      topics: at("topics").value,
      needsResponse: at("needsResponse").checked,
    };
    const fields = toCorrection(this.post, wanted, this.userName);
    if (fields) this.dispatchEvent(new CustomEvent("correct", { detail: { postId: this.post.id, fields } }));
    this.handleToggle();
  }
}

function toOptions(values, chosen = "") {
  const known = values.map(({ value, label }) => ({ value, label }));
  return [{ value: "", label: labels.none }, ...known].map((option) => ({
    ...option,
    isChosen: option.value === chosen,
  }));
}
