import { LightningElement, api } from "lwc";
import { NavigationMixin } from "lightning/navigation";
import labels from "./labels";

const IDENTITIES = {
  Anonymous: labels.anonymous,
  Suggested: labels.suggested,
  Linked: labels.linked,
  Verified: labels.verified,
};

/** One Case of the inbox; it opens the Case. */
export default class SocialInboxRow extends NavigationMixin(LightningElement) {
  labels = labels;
  url;

  /** A Case as the inbox has it. */
  @api row;

  async connectedCallback() {
    this.url = await this[NavigationMixin.GenerateUrl](this.page);
  }

  get page() {
    return {
      type: "standard__recordPage",
      attributes: { recordId: this.row.id, objectApiName: "Case", actionName: "view" },
    };
  }

  get className() {
    return this.row.isNew ? "row row_new" : "row";
  }

  get subject() {
    return this.row.subject || labels.noSubject;
  }

  get who() {
    return this.row.contact ?? this.handle ?? labels.somebody;
  }

  get handle() {
    return this.row.handle ? `@${this.row.handle}` : undefined;
  }

  get handleBeside() {
    return this.row.contact ? this.handle : undefined;
  }

  get identity() {
    const label = IDENTITIES[this.row.identity];
    return label && { label, className: `chip chip_${this.row.identity.toLowerCase()}` };
  }

  get priorityClass() {
    return this.row.isHigh ? "chip chip_high" : "chip";
  }

  get due() {
    const { dueMs } = this.row;
    if (dueMs === undefined) return undefined;
    const isOverdue = dueMs < Date.now();
    return { label: isOverdue ? labels.overdue : labels.due, className: isOverdue ? "due due_over" : "due" };
  }

  handleOpen(event) {
    // A click with a key held opens the address in a tab or window of the browser.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this[NavigationMixin.Navigate](this.page);
  }
}
