import { LightningElement, wire } from "lwc";
import { graphql } from "lightning/graphql";
import userId from "@salesforce/user/Id";
import { openRefresh } from "c/socialRefresh";
import { fill } from "c/socialWords";
import { toCases } from "./cases";
import labels from "./labels";
import { casesQuery, toOpenCases } from "./queries";

const PAGE = 200;
/** The most that Salesforce gives at once. */
const MOST = 2000;
const ALL = "all";
const MINE = "mine";
const UNASSIGNED = "unassigned";
const POSTS = "posts";

/** The open social Cases, the customer who spoke last first; or the posts that stand on no Case. */
export default class SocialInbox extends LightningElement {
  labels = labels;

  filter = ALL;
  first = PAGE;
  cases;
  hasMore = false;
  errors;
  isRefreshFailed = false;
  announcement = "";

  refreshCases;
  refresher;

  connectedCallback() {
    this.refresher = openRefresh(() => this.refreshCases?.(), {
      onResult: (error) => {
        this.isRefreshFailed = Boolean(error);
      },
    });
  }

  disconnectedCallback() {
    this.refresher.close();
  }

  get query() {
    return this.isPosts ? undefined : casesQuery();
  }

  get variables() {
    return { first: this.first, cases: toOpenCases(this.filter === MINE ? userId : undefined) };
  }

  @wire(graphql, { query: "$query", variables: "$variables" })
  wiredCases({ data, errors, refresh }) {
    this.refreshCases = refresh ?? this.refreshCases;
    this.errors = errors;
    if (!data) return;
    const cases = toCases(data);
    this.announceNew(cases);
    this.cases = cases;
    this.hasMore = Boolean(data.uiapi.query.Case.pageInfo?.hasNextPage) && this.first < MOST;
  }

  announceNew(cases) {
    if (!this.cases) return;
    const newestMs = Math.max(0, ...this.cases.map((one) => one.lastInboundMs ?? 0));
    const fresh = cases.filter((one) => one.isNew && one.lastInboundMs > newestMs);
    if (fresh.length === 1) this.announcement = fill(labels.newCase, fresh[0].subject);
    if (fresh.length > 1) this.announcement = fill(labels.newCases, fresh.length);
  }

  get filters() {
    return [
      { value: ALL, label: labels.all },
      { value: MINE, label: labels.mine },
      { value: UNASSIGNED, label: labels.unassigned },
      { value: POSTS, label: labels.posts },
    ].map((filter) => ({
      ...filter,
      isPressed: String(filter.value === this.filter),
      className: this.classOf(filter),
    }));
  }

  classOf({ value }) {
    return value === this.filter ? "slds-button slds-button_brand" : "slds-button slds-button_neutral";
  }

  get shown() {
    if (!this.cases || this.isPosts) return [];
    return this.filter === UNASSIGNED ? this.cases.filter((one) => one.isUnassigned) : this.cases;
  }

  get hasShown() {
    return this.shown.length > 0;
  }

  get hasData() {
    return this.isPosts || this.cases !== undefined;
  }

  get isEmpty() {
    return !this.isPosts && !this.hasShown;
  }

  get isPosts() {
    return this.filter === POSTS;
  }

  get hasMoreShown() {
    return this.hasMore && !this.isPosts;
  }

  get emptyHint() {
    return this.filter === ALL ? labels.emptyAll : labels.emptyFilter;
  }

  handleFilter(event) {
    const filter = event.currentTarget.value;
    const isOtherQuery = (filter === MINE) !== (this.filter === MINE);
    this.filter = filter;
    if (!isOtherQuery) return;
    this.first = PAGE;
    this.cases = undefined;
  }

  handleLoadMore() {
    this.first = Math.min(this.first + PAGE, MOST);
  }
}
