import { LightningElement, api, wire } from "lwc";
import { graphql } from "lightning/graphql";
import { getObjectInfo } from "lightning/uiObjectInfoApi";
import REPLY from "@salesforce/schema/Social_Reply__c";
import { openRefresh } from "c/socialRefresh";
import { openDraft } from "./draft";
import { answersQuery, targetsQuery, toTargetsFilter } from "./queries";
import { toRights } from "./rights";
import { aimAt, routeAt, toTargets } from "./targets";
import { openWatch } from "./watch";

/** Keeps track of what can be answered on a record, of what was answered meanwhile, and of where the writer aims. */
export class TargetReader extends LightningElement {
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
  refreshTargets;
  refreshAnswers;
  refresher;

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
  }

  disconnectedCallback() {
    this.refresher.close();
  }

  get targetsQuery() {
    return this.recordId ? targetsQuery() : undefined;
  }

  get targetsVariables() {
    const { recordId, objectApiName, chosenId: postId } = this;
    return { posts: toTargetsFilter({ recordId, objectApiName, postId }) };
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
}
