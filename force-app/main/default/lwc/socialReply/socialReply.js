import { wire } from "lwc";
import { MessageContext, publish, subscribe, unsubscribe } from "lightning/messageService";
import { ShowToastEvent } from "lightning/platformShowToastEvent";
import { createRecord } from "lightning/uiRecordApi";
import REPLY_QUEUED from "@salesforce/messageChannel/Social_Reply_Queued__c";
import REPLY_TARGET from "@salesforce/messageChannel/Social_Reply_Target__c";
import labels from "./labels";
import { toQueuedReply } from "./queued-reply";
import { TargetReader } from "./target-reader";

/** Answers a post of a Case, Contact, Lead or Account: to whom, in public or in private, and not twice. */
export default class SocialReply extends TargetReader {
  labels = labels;

  isSending = false;
  sendError;

  wantsFocus = false;
  subscription;

  @wire(MessageContext) messageContext;

  connectedCallback() {
    super.connectedCallback();
    this.subscription = subscribe(this.messageContext, REPLY_TARGET, ({ postId }) => this.handleTarget(postId));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    unsubscribe(this.subscription);
  }

  renderedCallback() {
    const composer = this.wantsFocus && this.template.querySelector("c-social-composer");
    if (!composer || composer.target?.id !== this.chosenId) return;
    this.wantsFocus = false;
    composer.focus();
  }

  get isReadOnly() {
    return this.rights?.mayAnswer === false;
  }

  get isOpen() {
    return Boolean(this.target) && !this.isReadOnly;
  }

  get isEmpty() {
    return !this.isOpen;
  }

  /** Why there is nothing to write in. */
  get absence() {
    return this.isReadOnly
      ? { label: labels.readOnly, hint: labels.readOnlyHint }
      : { label: labels.empty, hint: labels.emptyHint };
  }

  /** On the Case's own page it is known anyway. */
  get isCaseHidden() {
    return this.objectApiName !== "Case" && this.target.isCaseHidden;
  }

  get isConfirmed() {
    return this.meanwhile !== undefined && this.meanwhile.id === this.confirmedId;
  }

  handleTarget(postId) {
    this.chosenId = postId;
    this.wantsFocus = true;
    this.aim();
  }

  handleWrite(event) {
    this.text = event.detail.text;
    this.chosenId = this.target.id;
    this.keepDraft();
  }

  handleChoose(event) {
    this.route = event.detail.kind;
    this.keepDraft();
  }

  keepDraft() {
    this.draft.write({ postId: this.target?.id, route: this.route, text: this.text });
  }

  async handleSend() {
    if (this.isSending) return;
    this.isSending = true;
    this.sendError = undefined;
    try {
      await this.send();
    } catch (error) {
      this.sendError = error;
    } finally {
      this.isSending = false;
    }
  }

  async send() {
    const { target, route, text } = this;
    await this.refresher.now();
    if (this.target.isGone) return;
    if (this.meanwhile && !this.isConfirmed) {
      this.confirmedId = this.meanwhile.id;
      return;
    }
    const caseId = this.objectApiName === "Case" ? this.recordId : target.caseId;
    const { id } = await createRecord(toQueuedReply({ target, caseId, route, text }));
    this.watch.knowReply(id);
    // What was typed while the answer went out is kept.
    if (this.text === text) this.text = "";
    this.chosenId = null;
    this.keepDraft();
    publish(this.messageContext, REPLY_QUEUED, { recordId: this.recordId });
    this.dispatchEvent(new ShowToastEvent({ title: labels.queued, message: labels.queuedHint, variant: "success" }));
  }
}
