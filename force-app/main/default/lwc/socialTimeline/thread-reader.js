import { LightningElement, api, wire } from "lwc";
import { graphql } from "lightning/graphql";
import { openRefresh } from "c/socialRefresh";
import { nodesOf, toConversations, toPost, toReply } from "c/socialThread";
import { toNews, toOurs, toPage } from "./filters";
import { threadQuery } from "./queries";
import { openThread } from "./thread";

const PAGE = 100;
/** Where more than this changed at once, the newest page is read anew. */
const MOST_NEWS = 200;
/** What was saved at a time may show a little later. */
const OVERLAP_MS = 60_000;

/**
 * Reads the conversations of a record: the newest page first, older ones when asked for. What is new is asked for every few
 * seconds; what is there is not asked for again. Whoever extends it hears of the record by `turnTo` and of what came by `hear`.
 */
export class ThreadReader extends LightningElement {
  @api objectApiName;

  shownId;
  thread;
  conversationKeys = [];
  /** The Case's own conversation is known, or will not be: one question brings it whole. */
  isPlaced = false;
  /** The post that the last page ended with, when the next one was asked for. */
  before;
  oldest;
  hasOlder = false;
  ours;
  sinceMs;
  newsVariables;
  conversations;
  pageErrors;
  newsErrors;
  isRefreshFailed = false;
  refreshPage;
  refreshNews;
  refresher;

  @api get recordId() {
    return this.shownId;
  }

  set recordId(recordId) {
    if (recordId === this.shownId) return;
    this.shownId = recordId;
    this.turnTo(recordId);
    this.conversationKeys = [];
    this.isPlaced = false;
    this.conversations = undefined;
    this.pageErrors = undefined;
    this.startAnew();
  }

  /** From the newest page. What shows stays until that is there. */
  startAnew() {
    this.thread = openThread(this.shownId);
    this.before = undefined;
    this.ours = undefined;
    this.sinceMs = undefined;
    this.newsVariables = undefined;
    this.newsErrors = undefined;
  }

  connectedCallback() {
    this.refresher = openRefresh(() => this.refresh(), {
      onResult: (error) => {
        this.isRefreshFailed = Boolean(error);
      },
    });
  }

  disconnectedCallback() {
    this.refresher.close();
  }

  refresh() {
    if (!this.hasData || this.pageErrors) return this.refreshPage?.();
    const news = this.toNewsVariables();
    if (JSON.stringify(news) === JSON.stringify(this.newsVariables)) return this.refreshNews?.();
    this.newsVariables = news;
    return undefined;
  }

  async readAnew() {
    const isFirstPage = this.before === undefined;
    this.startAnew();
    if (isFirstPage) await this.refreshPage?.();
  }

  /** The time since when moves on in steps: a question that stays the same is one that is asked again. */
  toNewsVariables() {
    const [newestMs, fromMs] = [this.thread.newestMs(), this.thread.fromMs()];
    if (!(newestMs - this.sinceMs <= 2 * OVERLAP_MS)) this.sinceMs = Math.max(0, newestMs - OVERLAP_MS);
    return toNews(this.scope, { first: MOST_NEWS, since: toIso(this.sinceMs), postedFrom: toIso(fromMs) });
  }

  get scope() {
    const isAccount = this.objectApiName === "Account";
    return { recordId: this.recordId, isAccount, isWhole: this.isCase, conversations: this.conversationKeys };
  }

  get pageQuery() {
    return this.recordId && (this.isPlaced || !this.isCase) ? threadQuery() : undefined;
  }

  get pageVariables() {
    return toPage(this.scope, { first: PAGE, before: this.before });
  }

  @wire(graphql, { query: "$pageQuery", variables: "$pageVariables" })
  wiredPage({ data, errors, refresh }) {
    this.refreshPage = refresh ?? this.refreshPage;
    this.pageErrors = errors;
    if (!data) return;
    const { posts, replies, hasMore } = toRows(data);
    const isFirst = this.before === undefined;
    const isChanged = this.thread.addPage({ posts, replies, isFirst, isLast: !hasMore });
    const last = posts.at(-1);
    this.oldest = last && { at: toIso(last.postedMs), id: last.id };
    this.hasOlder = hasMore;
    if (!this.isCase && posts.length > 0) this.ours = toOurs(posts, replies, { first: PAGE });
    if (isChanged || !this.hasData) this.show();
  }

  get oursQuery() {
    return this.ours ? threadQuery() : undefined;
  }

  @wire(graphql, { query: "$oursQuery", variables: "$ours" })
  wiredOurs({ data, errors }) {
    this.newsErrors = errors ?? this.newsErrors;
    if (data && this.thread.addRelated(toRows(data).posts)) this.show();
  }

  get newsQuery() {
    return this.newsVariables ? threadQuery() : undefined;
  }

  @wire(graphql, { query: "$newsQuery", variables: "$newsVariables" })
  wiredNews({ data, errors, refresh }) {
    this.refreshNews = refresh ?? this.refreshNews;
    this.newsErrors = errors;
    if (!data) return;
    const news = toRows(data);
    if (!this.thread.isAllNews(news)) {
      this.readAnew();
      return;
    }
    if (this.thread.addNews(news)) this.show();
  }

  show() {
    const { recordId, thread, isCase } = this;
    const posts = thread.posts();
    this.conversations = toConversations({ posts, replies: thread.replies(), recordId, isWhole: isCase });
    this.follow(thread.conversations());
    this.hear(this.conversations.flatMap(({ items }) => items));
  }

  /** Asks for the conversations of the record's own posts, too: that brings in what others said there. */
  follow(keys) {
    if (keys.some((key) => !this.conversationKeys.includes(key))) this.conversationKeys = keys;
  }

  /** The Case's own conversation, or that there is none to wait for. */
  place(conversation) {
    if (conversation && !this.isPlaced) this.conversationKeys = [conversation];
    this.isPlaced = true;
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

  get errors() {
    return this.pageErrors ?? this.newsErrors;
  }

  handleOlder() {
    this.before = this.oldest;
  }
}

function toRows(data) {
  const { Social_Post__c: posts, Social_Reply__c: replies } = data.uiapi.query;
  return {
    posts: nodesOf(posts).map(toPost),
    replies: nodesOf(replies).map(toReply),
    hasMore: Boolean(posts.pageInfo?.hasNextPage),
  };
}

function toIso(ms) {
  return new Date(ms).toISOString();
}
