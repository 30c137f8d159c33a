import { LightningElement, api, wire } from "lwc";
import { graphql } from "lightning/graphql";
import { MessageContext, publish, subscribe, unsubscribe } from "lightning/messageService";
import { ShowToastEvent } from "lightning/platformShowToastEvent";
import { getObjectInfo } from "lightning/uiObjectInfoApi";
import { createRecord } from "lightning/uiRecordApi";
import REPLY_QUEUED from "@salesforce/messageChannel/Social_Reply_Queued__c";
import REPLY_TARGET from "@salesforce/messageChannel/Social_Reply_Target__c";
import REPLY from "@salesforce/schema/Social_Reply__c";
import { openRefresh } from "c/socialRefresh";
import { openDraft } from "./draft";
import labels from "./labels";
import { answersQuery, targetsQuery } from "./queries";
import { toQueuedReply } from "./queued-reply";
import { toRights } from "./rights";
import { aimAt, routeAt, toTargets } from "./targets";
import { openWatch } from "./watch";

/** Answers a post of a Case, Contact or Lead: to whom, in public or in private, and not twice. */
export default class SocialReply extends LightningElement {
  labels = labels;

  @api objectApiName;

  shownId;
  draft;
  text = "";
  route;
  /** The post that the user, or a kept draft, asked for. */
  chosenId = null;
  target;
  /** The target's; a value of its own, or each new target object would ask for the answers anew and drop the question under way. */
  conversation;
  targets;
  targetErrors;
  answersErrors;
  watch = openWatch();
  /** An answer that the writer does not know of. */
  meanwhile;
  /** The answer of somebody else that the user was told of by the first click. */
  confirmedId;
  rights;
  rightsErrors;
  isRefreshFailed = false;
  isSending = false;
  sendError;

  wantsFocus = false;
  refreshTargets;
  refreshAnswers;
  refresher;
  subscription;

  @wire(MessageContext) messageContext;

  @api get recordId() {
    return this.shownId;
  }

  set recordId(recordId) {
    if (recordId === this.shownId) return;
    this.shownId = recordId;
    this.draft = openDraft(recordId);
    const { text = "", route, postId = null } = this.draft.read() ?? {};
    Object.assign(this, { text, route, chosenId: postId });
    this.target = undefined;
    this.targets = undefined;
  }

  connectedCallback() {
    this.refresher = openRefresh(() => Promise.all([this.refreshTargets?.(), this.refreshAnswers?.()]), {
      onResult: (error) => {
        this.isRefreshFailed = Boolean(error);
      },
    });
    this.subscription = subscribe(this.messageContext, REPLY_TARGET, ({ postId }) => this.handleTarget(postId));
  }

  disconnectedCallback() {
    this.refresher.close();
    unsubscribe(this.subscription);
  }

  renderedCallback() {
    const composer = this.wantsFocus && this.template.querySelector("c-social-composer");
    if (!composer || composer.target?.id !== this.chosenId) return;
    this.wantsFocus = false;
    composer.focus();
  }

  get targetsQuery() {
    return this.recordId ? targetsQuery() : undefined;
  }

  get targetsVariables() {
    return { recordId: this.recordId, postId: this.chosenId };
  }

  @wire(graphql, { query: "$targetsQuery", variables: "$targetsVariables" })
  wiredTargets({ data, errors, refresh }) {
    this.refreshTargets = refresh ?? this.refreshTargets;
    this.targetErrors = errors;
    if (!data) return;
    this.targets = toTargets(data);
    this.aim();
  }

  get answersQuery() {
    return this.conversation ? answersQuery() : undefined;
  }

  get answersVariables() {
    return { conversation: this.conversation };
  }

  @wire(graphql, { query: "$answersQuery", variables: "$answersVariables" })
  wiredAnswers({ data, errors, refresh }) {
    this.refreshAnswers = refresh ?? this.refreshAnswers;
    this.answersErrors = errors;
    if (!data) return;
    this.watch.hear(data);
    this.meanwhile = this.watch.findUnknown(this.target, this.targets);
  }

  @wire(getObjectInfo, { objectApiName: REPLY })
  wiredReplyInfo({ data, error }) {
    this.rightsErrors = error;
    if (!data) return;
    this.rights = toRights(data);
    this.aim();
  }

  aim() {
    if (!this.hasData) return;
    const current = this.target;
    this.target = aimAt(this.targets, { chosenId: this.chosenId, current, isWriting: Boolean(this.text) });
    this.conversation = this.target?.conversation;
    if (!this.target || this.target.id === current?.id) return;
    const { text, route, rights } = this;
    this.route = routeAt(this.target, { text, route, mayWritePrivate: rights.mayWritePrivate });
    this.confirmedId = undefined;
    this.watch.turnTo(this.target);
    this.meanwhile = this.watch.findUnknown(this.target, this.targets);
  }

  get hasData() {
    return this.targets !== undefined && this.rights !== undefined;
  }

  get errors() {
    return this.targetErrors ?? this.answersErrors ?? this.rightsErrors;
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
