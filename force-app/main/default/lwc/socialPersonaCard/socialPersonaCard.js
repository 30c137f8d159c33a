import { LightningElement, api } from "lwc";
import { NavigationMixin } from "lightning/navigation";
import { fill } from "c/socialWords";
import labels from "./labels";

const IDENTITIES = {
  Anonymous: labels.anonymous,
  Suggested: labels.suggested,
  Linked: labels.linked,
  Verified: labels.verified,
};

/**
 * Who one persona is said to be, why, and by whom that was decided. Fires `decide` with `{ personaId, decision, target }`; a decision
 * is confirm, refuse, choose (then with the target) or undo.
 */
export default class SocialPersonaCard extends NavigationMixin(LightningElement) {
  labels = labels;
  isChoosing = false;
  wantsFocus = false;

  /** As `toPersonas` of `c/socialIdentity` has it. */
  @api persona;
  @api canDecide = false;
  @api canUndo = false;
  @api isBusy = false;

  renderedCallback() {
    if (!this.wantsFocus) return;
    this.wantsFocus = false;
    this.template.querySelector(this.isChoosing ? "c-social-person-picker" : ".choose")?.focus();
  }

  get groupLabel() {
    return fill(labels.group, this.handle);
  }

  get handle() {
    return `@${this.persona.handle.replace(/^@/, "")}`;
  }

  get identity() {
    const { identity } = this.persona;
    return { label: IDENTITIES[identity] ?? identity, className: `chip chip_${identity.toLowerCase()}` };
  }

  get isStanding() {
    return this.persona.target !== undefined;
  }

  /** It stands for somebody whom the reader may not see. */
  get isHidden() {
    return this.isStanding && this.persona.target.name === undefined;
  }

  get isShown() {
    return this.isStanding && !this.isHidden;
  }

  get targetUrl() {
    const { id, objectApiName } = this.persona.target;
    return `/lightning/r/${objectApiName}/${id}/view`;
  }

  get reason() {
    const { decidedBy, evidence } = this.persona;
    if (decidedBy) return fill(labels.decidedBy, decidedBy);
    return evidence && fill(labels.decidedByUs, evidence);
  }

  get canConfirm() {
    return this.isShown && this.persona.identity !== "Verified";
  }

  /** There is a link or a suggestion to refuse. Nobody judges about whom they may not see. */
  get canRefuse() {
    return this.isShown || (!this.isStanding && this.persona.identity === "Suggested");
  }

  get refuseLabel() {
    return this.isStanding ? labels.refuse : labels.refuseAll;
  }

  get chooseLabel() {
    return this.isStanding ? labels.choose : labels.chooseNobody;
  }

  handleOpen(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { id: recordId, objectApiName } = this.persona.target;
    this[NavigationMixin.Navigate]({
      type: "standard__recordPage",
      attributes: { recordId, objectApiName, actionName: "view" },
    });
  }

  handleDecide(event) {
    this.decide({ decision: event.currentTarget.value });
  }

  handleChoose() {
    this.isChoosing = true;
    this.wantsFocus = true;
  }

  handleCancel() {
    this.isChoosing = false;
    this.wantsFocus = true;
  }

  handlePick(event) {
    this.handleCancel();
    this.decide({ decision: "choose", target: event.detail });
  }

  decide(detail) {
    this.dispatchEvent(new CustomEvent("decide", { detail: { personaId: this.persona.id, ...detail } }));
  }
}
