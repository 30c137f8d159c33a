import { LightningElement, api } from "lwc";
import { fill } from "c/socialWords";
import labels from "./labels";

/** How each state looks, and what a person may decide in it. `value` is what the decision is called in Decision__c. */
const STATES = {
  Draft: { icon: "utility:edit", label: labels.draft },
  "Pending approval": { icon: "utility:away", label: labels.pending },
  Queued: { icon: "utility:clock", label: labels.queued },
  Sending: { icon: "utility:sync", label: labels.sending },
  Sent: { icon: "utility:check", label: labels.sent },
  Failed: {
    icon: "utility:error",
    label: labels.failed,
    decisions: [{ value: "Retry", label: labels.retry, hint: labels.retryHint, variant: "brand-outline" }],
  },
  Checking: {
    icon: "utility:warning",
    label: labels.checking,
    decisions: [
      { value: "Was sent", label: labels.wasSent, hint: labels.wasSentHint, variant: "neutral" },
      { value: "Send again", label: labels.sendAgain, hint: labels.sendAgainHint, variant: "neutral" },
    ],
  },
};

/** Where one of our replies stands on its way to the network. Fires `decide` with the reply's id and the decision. */
export default class SocialDelivery extends LightningElement {
  /** A reply from `c/socialThread`. */
  @api reply;
  /** Whether the user may decide about failed and uncertain replies. */
  @api canDecide = false;
  /** Whether a decision is being saved. */
  @api isBusy = false;

  get state() {
    return STATES[this.reply.status] ?? { icon: "utility:help", label: this.reply.status };
  }

  get className() {
    return `delivery delivery_${this.reply.status?.toLowerCase().replace(" ", "-")}`;
  }

  get detail() {
    return ["Failed", "Checking"].includes(this.reply.status) ? this.reply.detail : undefined;
  }

  get sender() {
    return this.reply.sender ? fill(labels.bySender, this.reply.sender) : undefined;
  }

  /** A decision made before the connector has honoured it. */
  get asked() {
    const made = this.state.decisions?.find(({ value }) => value === this.reply.decision);
    return made ? fill(labels.asked, made.label) : undefined;
  }

  get decisions() {
    return this.canDecide && !this.asked ? (this.state.decisions ?? []) : [];
  }

  handleDecide(event) {
    const detail = { replyId: this.reply.id, decision: event.currentTarget.value };
    this.dispatchEvent(new CustomEvent("decide", { detail }));
  }
}
