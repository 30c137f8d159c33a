import { LightningElement, wire } from "lwc";
import { graphql } from "lightning/graphql";
import { NavigationMixin } from "lightning/navigation";
import { ShowToastEvent } from "lightning/platformShowToastEvent";
import { updateRecord } from "lightning/uiRecordApi";
import { toSentences } from "c/socialErrors";
import { toOwn } from "c/socialNames";
import { openRefresh } from "c/socialRefresh";
import { nodesOf, toPost } from "c/socialThread";
import { fill } from "c/socialWords";
import { makeCase, setNeedsResponse, undoCase } from "./acts";
import labels from "./labels";
import { loosePostsQuery } from "./queries";

/** An empty list would be refused. */
const NONE = "000000000000000AAA";
const LATELY = { gte: { range: { last_n_days: 14 } } };

/** Posts of the last two weeks that stand on no Case: to make one of, or to dismiss. Both can be undone. */
export default class SocialLoosePosts extends NavigationMixin(LightningElement) {
  labels = labels;

  isAll = false;
  posts;
  /** Posts on the Cases that were made here: the customer may have said more meanwhile. */
  onMade = [];
  /** What was done here: by the post's id, the post and what undoes it. They stay in sight. */
  done = {};
  busyIds = [];
  errors;
  announcement = "";
  refreshPosts;
  refresher;

  connectedCallback() {
    this.refresher = openRefresh(() => this.refreshPosts?.());
  }

  disconnectedCallback() {
    this.refresher.close();
  }

  get query() {
    return loosePostsQuery();
  }

  get variables() {
    const wanted = [
      { Direction__c: { eq: "Inbound" } },
      { Case__c: { eq: null } },
      { Deleted_At__c: { eq: null } },
      { Posted_At__c: LATELY },
      ...(this.isAll ? [] : [{ Needs_Response__c: { eq: true } }]),
    ];
    const made = Object.values(this.done).flatMap(({ caseId }) => caseId ?? []);
    return { posts: toOwn({ and: wanted }), made: [NONE, ...made] };
  }

  @wire(graphql, { query: "$query", variables: "$variables" })
  wiredPosts({ data, errors, refresh }) {
    this.refreshPosts = refresh ?? this.refreshPosts;
    this.errors = errors;
    if (!data) return;
    const { Social_Post__c: posts, onMade } = data.uiapi.query;
    this.posts = nodesOf(posts).map(toLoosePost);
    this.onMade = nodesOf(onMade).map((node) => ({ id: node.Id, caseId: node.Case__c?.value }));
  }

  get isEmpty() {
    return this.posts !== undefined && this.rows.length === 0;
  }

  get rows() {
    const found = (this.posts ?? []).filter(({ id }) => this.done[id] === undefined);
    const kept = Object.values(this.done).map(({ post }) => post);
    return [...found, ...kept].sort((a, b) => b.postedMs - a.postedMs).map((post) => this.toRow(post));
  }

  toRow(post) {
    const act = this.done[post.id];
    const name = post.author.name ?? labels.somebody;
    return {
      ...post,
      post,
      name,
      summary: fill(post.isPrivate ? labels.privateFrom : labels.publicFrom, name),
      words: post.isPrivate ? fill(labels.privateFrom, name) : post.excerpt,
      isBusy: this.busyIds.includes(post.id),
      done: act?.label,
      caseId: act?.caseId,
      canAct: !act,
      canDismiss: !act && post.needsResponse,
      chips: [post.intentLabel, post.sentimentLabel, ...post.topics].filter(Boolean),
    };
  }

  handleAlso(event) {
    this.isAll = event.target.checked;
    this.posts = undefined;
  }

  handleMake(event) {
    return this.act(event, async (post) => {
      const caseId = await makeCase(post);
      this.keep(post, { caseId, label: labels.caseMade, undo: () => this.takeBack(post, caseId) });
    });
  }

  async takeBack(post, caseId) {
    await this.refresher.now();
    const isShared = this.onMade.some((one) => one.caseId === caseId && one.id !== post.id);
    if (await undoCase(post, { caseId, isShared })) return;
    this.dispatchEvent(new ShowToastEvent({ title: labels.caseLeft, variant: "info" }));
  }

  handleDismiss(event) {
    return this.act(event, async (post) => {
      await setNeedsResponse(post, false);
      this.keep(post, { label: labels.dismissed, undo: () => setNeedsResponse(post, true) });
    });
  }

  handleUndo(event) {
    return this.act(event, async (post) => {
      await this.done[post.id].undo();
      this.done = Object.fromEntries(Object.entries(this.done).filter(([id]) => id !== post.id));
    });
  }

  handleCorrect({ detail: { postId, fields } }) {
    return this.save(postId, () => updateRecord({ fields: { Id: postId, ...fields } }));
  }

  handleOpen(event) {
    const attributes = { recordId: event.target.dataset.case, objectApiName: "Case", actionName: "view" };
    this[NavigationMixin.Navigate]({ type: "standard__recordPage", attributes });
  }

  keep(post, act) {
    this.done = { ...this.done, [post.id]: { post, ...act } };
    this.announcement = act.label;
  }

  act(event, work) {
    const { id } = event.target.dataset;
    const post = this.done[id]?.post ?? this.posts.find((one) => one.id === id);
    return this.save(id, () => work(post));
  }

  async save(id, work) {
    if (this.busyIds.includes(id)) return;
    this.busyIds = [...this.busyIds, id];
    try {
      await work();
      await this.refresher.now();
    } catch (error) {
      const message = toSentences(error).join(" ");
      this.dispatchEvent(new ShowToastEvent({ title: labels.failed, message, variant: "error" }));
    } finally {
      this.busyIds = this.busyIds.filter((busy) => busy !== id);
    }
  }
}

/** A Contact that the user may not see has no name, and no Case may be made for it by them: the connector joins it later. */
function toLoosePost(node) {
  const contactId = node.Contact__r?.Name?.value ? node.Contact__c?.value : undefined;
  return { ...toPost(node), excerpt: node.Excerpt__c?.value ?? "", contactId };
}
