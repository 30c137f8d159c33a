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
import { PRIVATE, defaultRoute, routesOf } from "c/socialRouting";
import { openAwareness, toAnswers } from "./answers";
import { openDraft } from "./draft";
import labels from "./labels";
import { answersQuery, targetsQuery } from "./queries";
import { toQueuedReply } from "./queued-reply";
import { defaultTarget, toTargets } from "./targets";

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
  targets;
  targetErrors;
  /** What was answered in the target's conversation, as it came. */
  answersData;
  /** What the writer knows of it; made with the first of it. */
  awareness;
  /** An answer that the writer does not know of. */
  meanwhile;
  /** The answer of somebody else that the user was told of by the first click. */
  confirmedId;
  replyInfo;
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
    const kept = this.draft.read();
    this.text = kept?.text ?? "";
    this.route = kept?.route;
    this.chosenId = kept?.postId ?? null;
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

  get conversation() {
    return this.target?.conversation;
  }

  get answersQuery() {
    return this.conversation ? answersQuery() : undefined;
  }

  get answersVariables() {
    return { conversation: this.conversation };
  }

  @wire(graphql, { query: "$answersQuery", variables: "$answersVariables" })
  wiredAnswers({ data, refresh }) {
    this.refreshAnswers = refresh ?? this.refreshAnswers;
    if (!data || !this.target) return;
    this.answersData = data;
    this.notice();
  }

  @wire(getObjectInfo, { objectApiName: REPLY })
  wiredReplyInfo({ data }) {
    this.replyInfo = data ?? this.replyInfo;
  }

  /** Points the box at the chosen post; else stays where something is written; else takes the default. */
  aim() {
    const find = (id) => this.targets.find((target) => target.id === id);
    const current = find(this.target?.id);
    const target = find(this.chosenId) ?? (this.text ? current : undefined) ?? defaultTarget(this.targets);
    const isOther = target?.id !== this.target?.id;
    const isElsewhere = target?.conversation !== this.target?.conversation;
    this.target = target;
    if (!isOther || !target) return;
    const isPrivate = target.isPrivate || (Boolean(this.text) && this.route === PRIVATE);
    this.route = defaultRoute(routesOf(target, Date.now()), isPrivate);
    this.awareness = undefined;
    this.meanwhile = undefined;
    this.confirmedId = undefined;
    if (isElsewhere) this.answersData = undefined;
    this.notice();
  }

  /** Sees whether somebody answered since the box was pointed at its post. */
  notice() {
    if (!this.answersData) return;
    const answers = toAnswers(this.answersData, this.target, this.targets);
    if (!this.awareness) {
      this.awareness = openAwareness();
      this.awareness.know(answers);
    }
    this.meanwhile = this.awareness.unknownOf(answers);
  }

  get hasData() {
    return this.targets !== undefined;
  }

  get isReadOnly() {
    return this.hasData && this.replyInfo?.createable === false;
  }

  get isEmpty() {
    return !this.target && !this.isReadOnly;
  }

  get isOpen() {
    return Boolean(this.target) && !this.isReadOnly;
  }

  /** Somebody's answer disturbs only who is writing. */
  get warning() {
    return this.text.trim() ? this.meanwhile : undefined;
  }

  get isConfirmed() {
    return this.meanwhile !== undefined && this.meanwhile.id === this.confirmedId;
  }

  handleTarget(postId) {
    this.chosenId = postId;
    this.wantsFocus = true;
    if (this.targets) this.aim();
  }

  handleWrite(event) {
    this.text = event.detail.text;
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
    const hasMoved = this.target?.id !== target.id;
    if (hasMoved) return;
    if (this.meanwhile && !this.isConfirmed) {
      this.confirmedId = this.meanwhile.id;
      return;
    }
    const caseId = this.objectApiName === "Case" ? this.recordId : target.caseId;
    const { id } = await createRecord(toQueuedReply({ target, caseId, route, text }));
    this.awareness?.know([{ id }]);
    this.text = "";
    this.chosenId = null;
    this.keepDraft();
    publish(this.messageContext, REPLY_QUEUED, { recordId: this.recordId });
    this.dispatchEvent(new ShowToastEvent({ title: labels.queued, message: labels.queuedHint, variant: "success" }));
  }
}
