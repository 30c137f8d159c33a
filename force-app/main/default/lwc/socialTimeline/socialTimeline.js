import { api, wire } from "lwc";
import { MessageContext, publish, subscribe, unsubscribe } from "lightning/messageService";
import { ShowToastEvent } from "lightning/platformShowToastEvent";
import { getObjectInfo } from "lightning/uiObjectInfoApi";
import { getRecord, notifyRecordUpdateAvailable, updateRecord } from "lightning/uiRecordApi";
import CONVERSATION from "@salesforce/schema/Case.Social_Conversation_Key__c";
import PERSONA_DECIDED from "@salesforce/messageChannel/Social_Persona_Decided__c";
import REPLY_QUEUED from "@salesforce/messageChannel/Social_Reply_Queued__c";
import REPLY_TARGET from "@salesforce/messageChannel/Social_Reply_Target__c";
import POST from "@salesforce/schema/Social_Post__c";
import REPLY from "@salesforce/schema/Social_Reply__c";
import DECISION from "@salesforce/schema/Social_Reply__c.Decision__c";
import { toSentences } from "c/socialErrors";
import { fill } from "c/socialWords";
import labels from "./labels";
import { openLook } from "./look";
import { toRights } from "./rights";
import { ThreadReader } from "./thread-reader";

/** The conversations of a Case, Contact, Lead or Account, kept fresh: to read, to answer, to correct and to decide. */
export default class SocialTimeline extends ThreadReader {
  labels = labels;

  /** For pages without a reply box. */
  @api hideAnswer = false;

  announcement = "";
  busyIds = [];
  replyInfo;
  postInfo;
  look;
  /** Grows when something was seen: `look` itself is not watched. */
  glances = 0;

  subscriptions = [];

  @wire(MessageContext) messageContext;

  connectedCallback() {
    super.connectedCallback();
    this.subscriptions = [
      subscribe(this.messageContext, REPLY_QUEUED, ({ recordId }) => {
        if (recordId === this.recordId) this.refresher.now();
      }),
      subscribe(this.messageContext, PERSONA_DECIDED, ({ personaId, identity }) => {
        this.thread.setIdentity(personaId, identity);
        if (this.hasData) this.show();
      }),
    ];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.subscriptions.forEach((subscription) => unsubscribe(subscription));
  }

  turnTo(recordId) {
    this.look = openLook(recordId);
  }

  hear(items) {
    const fresh = this.look.hear(items);
    this.announce(fresh);
    // A new post may have reopened the Case that stands beside it.
    if (fresh.length > 0) notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
  }

  announce(fresh) {
    if (fresh.length === 1) this.announcement = fill(labels.newPost, fresh[0].author.name ?? labels.somebody);
    if (fresh.length > 1) this.announcement = fill(labels.newPosts, fresh.length);
  }

  get viewFields() {
    if (!this.objectApiName) return undefined;
    const viewed = `${this.objectApiName}.LastViewedDate`;
    return this.isCase ? [viewed, `Case.${CONVERSATION.fieldApiName}`] : [viewed];
  }

  @wire(getRecord, { recordId: "$recordId", optionalFields: "$viewFields" })
  wiredRecord({ data, error }) {
    if (!data && !error) return;
    const viewedAt = data?.fields.LastViewedDate?.value;
    const conversation = data?.fields[CONVERSATION.fieldApiName]?.value;
    if (viewedAt) this.look.assume(Date.parse(viewedAt));
    this.place(conversation);
    this.glances++;
  }

  @wire(getObjectInfo, { objectApiName: REPLY })
  wiredReplyInfo({ data }) {
    this.replyInfo = data ?? this.replyInfo;
  }

  @wire(getObjectInfo, { objectApiName: POST })
  wiredPostInfo({ data }) {
    this.postInfo = data ?? this.postInfo;
  }

  get sections() {
    const rights = toRights(this);
    const conversations = this.conversations ?? [];
    return conversations.map((conversation) => ({
      key: conversation.key,
      title: titleOf(conversation),
      hasOlder: this.hasOlder && conversations.length === 1,
      rows: conversation.items.map((item) => ({
        id: item.id,
        item,
        isNew: this.glances >= 0 && this.look.isNew(item),
        canAnswer: rights.mayAnswer(item),
        canCorrect: rights.mayCorrect(item),
        canDecide: rights.mayDecide,
        isBusy: this.busyIds.includes(item.reply?.id) || this.busyIds.includes(item.id),
      })),
    }));
  }

  /** Where there are several conversations, nobody knows whose the older posts are. */
  get hasOlderOfAny() {
    return this.hasOlder && this.conversations?.length > 1;
  }

  handleAnswer(event) {
    publish(this.messageContext, REPLY_TARGET, { postId: event.detail.postId });
  }

  handleSeen(event) {
    this.look.see(event.detail.itemId);
    this.glances++;
  }

  handleDecide({ detail: { replyId, decision } }) {
    return this.save({ Id: replyId, [DECISION.fieldApiName]: decision }, labels.decideFailed);
  }

  handleCorrect({ detail: { postId, fields } }) {
    return this.save({ Id: postId, ...fields }, labels.correctFailed);
  }

  async save(fields, failed) {
    if (this.busyIds.includes(fields.Id)) return;
    this.busyIds = [...this.busyIds, fields.Id];
    try {
      await updateRecord({ fields });
      await this.refresher.now();
    } catch (error) {
      const message = toSentences(error).join(" ");
      this.dispatchEvent(new ShowToastEvent({ title: failed, message, variant: "error" }));
    } finally {
      this.busyIds = this.busyIds.filter((id) => id !== fields.Id);
    }
  }
}

function titleOf({ isPrivate, network, partner }) {
  const handle = partner ? `@${partner.replace(/^@/, "")}` : labels.somebody;
  return fill(isPrivate ? labels.privateThread : labels.publicThread, network, handle);
}
