import { LightningElement, api, wire } from "lwc";
import { graphql } from "lightning/graphql";
import { MessageContext, publish, subscribe, unsubscribe } from "lightning/messageService";
import { ShowToastEvent } from "lightning/platformShowToastEvent";
import { getObjectInfo } from "lightning/uiObjectInfoApi";
import { getRecord, notifyRecordUpdateAvailable, updateRecord } from "lightning/uiRecordApi";
import REPLY_QUEUED from "@salesforce/messageChannel/Social_Reply_Queued__c";
import REPLY_TARGET from "@salesforce/messageChannel/Social_Reply_Target__c";
import REPLY from "@salesforce/schema/Social_Reply__c";
import DECISION from "@salesforce/schema/Social_Reply__c.Decision__c";
import PRIVATE_TEXT from "@salesforce/schema/Social_Reply__c.Private_Text__c";
import { toSentences } from "c/socialErrors";
import { openRefresh } from "c/socialRefresh";
import { nodesOf, toConversations, toPost, toReply } from "c/socialThread";
import { fill } from "c/socialWords";
import labels from "./labels";
import { openLook } from "./look";
import { threadQuery } from "./queries";

const PAGE = 200;
/** The most that Salesforce gives at once. */
const MOST = 2000;
/** An empty list would be refused. */
const NO_CONVERSATION = ["-"];

/** The conversations of a Case, Contact or Lead, kept fresh. */
export default class SocialTimeline extends LightningElement {
  labels = labels;

  @api objectApiName;
  /** For pages without a reply box. */
  @api hideAnswer = false;

  shownId;
  first = PAGE;
  conversationKeys = NO_CONVERSATION;
  conversations;
  hasOlder = false;
  errors;
  isRefreshFailed = false;
  announcement = "";
  deciding = [];
  replyInfo;
  look;
  /** Grows when something was seen: `look` itself is not watched. */
  glances = 0;

  refreshThread;
  refresher;
  subscription;

  @wire(MessageContext) messageContext;

  @api get recordId() {
    return this.shownId;
  }

  set recordId(recordId) {
    if (recordId === this.shownId) return;
    this.shownId = recordId;
    this.look = openLook(recordId);
    this.first = PAGE;
    this.conversationKeys = NO_CONVERSATION;
    this.conversations = undefined;
    this.errors = undefined;
  }

  connectedCallback() {
    this.refresher = openRefresh(() => this.refreshThread?.(), {
      onResult: (error) => {
        this.isRefreshFailed = Boolean(error);
      },
    });
    this.subscription = subscribe(this.messageContext, REPLY_QUEUED, ({ recordId }) => {
      if (recordId === this.recordId) this.refresher.now();
    });
  }

  disconnectedCallback() {
    this.refresher.close();
    unsubscribe(this.subscription);
  }

  get query() {
    return this.recordId ? threadQuery() : undefined;
  }

  get variables() {
    return {
      recordId: this.recordId,
      wholeConversations: this.isCase ? this.conversationKeys : NO_CONVERSATION,
      ownConversations: this.isCase ? NO_CONVERSATION : this.conversationKeys,
      first: this.first,
    };
  }

  @wire(graphql, { query: "$query", variables: "$variables" })
  wiredThread({ data, errors, refresh }) {
    this.refreshThread = refresh ?? this.refreshThread;
    this.errors = errors;
    if (!data) return;
    const { Social_Post__c: posts, Social_Reply__c: replies } = data.uiapi.query;
    this.show(nodesOf(posts).map(toPost), nodesOf(replies).map(toReply));
    this.hasOlder = Boolean(posts.pageInfo?.hasNextPage) && this.first < MOST;
  }

  show(posts, replies) {
    const { recordId, isCase } = this;
    this.conversations = toConversations({ posts, replies, recordId, isWhole: isCase });
    this.follow(posts.filter((post) => post.records.includes(recordId)));
    const fresh = this.look.hear(this.conversations.flatMap(({ items }) => items));
    this.announce(fresh);
    // A new post may have reopened the Case that stands beside it.
    if (fresh.length > 0) notifyRecordUpdateAvailable([{ recordId }]);
  }

  /** Asks for the conversations of the record's own posts, too: that brings in what others said there. */
  follow(posts) {
    const keys = [...new Set(posts.map((post) => post.conversation))].sort();
    if (keys.length > 0 && keys.join() !== this.conversationKeys.join()) this.conversationKeys = keys;
  }

  announce(fresh) {
    if (fresh.length === 1) this.announcement = fill(labels.newPost, fresh[0].author.name ?? labels.somebody);
    if (fresh.length > 1) this.announcement = fill(labels.newPosts, fresh.length);
  }

  get viewFields() {
    return this.objectApiName ? [`${this.objectApiName}.LastViewedDate`] : undefined;
  }

  @wire(getRecord, { recordId: "$recordId", optionalFields: "$viewFields" })
  wiredRecord({ data }) {
    const viewedAt = data?.fields.LastViewedDate?.value;
    if (viewedAt) this.look.assume(Date.parse(viewedAt));
    this.glances++;
  }

  @wire(getObjectInfo, { objectApiName: REPLY })
  wiredReplyInfo({ data }) {
    this.replyInfo = data ?? this.replyInfo;
  }

  get isCase() {
    return this.objectApiName === "Case";
  }

  get hasData() {
    return this.conversations !== undefined;
  }

  get isEmpty() {
    return this.conversations?.length === 0;
  }

  get sections() {
    return (this.conversations ?? []).map((conversation) => ({
      key: conversation.key,
      title: titleOf(conversation),
      rows: conversation.items.map((item) => this.toRow(item)),
    }));
  }

  toRow(item) {
    return {
      item,
      isNew: this.glances >= 0 && this.look.isNew(item),
      canAnswer: !this.hideAnswer && !item.isContext && this.mayAnswer(item),
      canDecide: Boolean(this.replyInfo?.fields?.[DECISION.fieldApiName]?.updateable),
      isBusy: this.deciding.includes(item.reply?.id),
    };
  }

  /** A private post is answered in private only. */
  mayAnswer({ isPrivate }) {
    const { createable, fields } = this.replyInfo ?? {};
    return Boolean(createable) && (!isPrivate || Boolean(fields[PRIVATE_TEXT.fieldApiName]?.createable));
  }

  handleAnswer(event) {
    publish(this.messageContext, REPLY_TARGET, { postId: event.detail.postId });
  }

  handleSeen(event) {
    this.look.see(event.detail.itemId);
    this.glances++;
  }

  handleLoadOlder() {
    this.first = Math.min(this.first + PAGE, MOST);
  }

  async handleDecide(event) {
    const { replyId, decision } = event.detail;
    if (this.deciding.includes(replyId)) return;
    this.deciding = [...this.deciding, replyId];
    try {
      await updateRecord({ fields: { Id: replyId, [DECISION.fieldApiName]: decision } });
      await this.refresher.now();
    } catch (error) {
      const message = toSentences(error).join(" ");
      this.dispatchEvent(new ShowToastEvent({ title: labels.decideFailed, message, variant: "error" }));
    } finally {
      this.deciding = this.deciding.filter((id) => id !== replyId);
    }
  }
}

function titleOf({ isPrivate, network, partner }) {
  const handle = partner ? `@${partner.replace(/^@/, "")}` : labels.somebody;
  return fill(isPrivate ? labels.privateThread : labels.publicThread, network, handle);
}
