import { LightningElement, api } from "lwc";
import { fill } from "c/socialWords";
import labels from "./labels";

const IDENTITIES = {
  Anonymous: labels.anonymous,
  Suggested: labels.suggested,
  Linked: labels.linked,
  Verified: labels.verified,
};
const NOT_ON_THE_NETWORK = ["Draft", "Pending approval", "Queued", "Sending", "Failed", "Checking"];

/**
 * One item of a conversation: what somebody said, or what we did.
 * Fires `answer` with the post's id, `seen` with the item's id when a new item gets the user's attention, and passes `decide` and
 * `correct` on.
 */
export default class SocialPost extends LightningElement {
  labels = labels;

  /** An item of a conversation of `c/socialThread`. */
  @api item;
  /** Whether it came since the user last looked. */
  @api isNew = false;
  /** Whether the user can answer it here. */
  @api canAnswer = false;
  /** Whether the user may correct what we made of it. */
  @api canCorrect = false;
  /** Whether the user may decide about failed and uncertain replies. */
  @api canDecide = false;
  /** Whether a decision about it is being saved. */
  @api isBusy = false;

  get articleClass() {
    const { isOutbound, isPrivate, isContext } = this.item;
    const kinds = { out: isOutbound, in: !isOutbound, private: isPrivate, context: isContext, new: this.isNew };
    const on = Object.keys(kinds).filter((kind) => kinds[kind]);
    return ["post", ...on.map((kind) => `post_${kind}`)].join(" ");
  }

  get author() {
    if (this.item.isOutbound) return this.ourName;
    return this.item.author.name ?? labels.somebody;
  }

  get ourName() {
    // Our own host goes without saying.
    return at((this.item.account ?? this.item.author.handle)?.replace(/(?<=.)@.*/, "")) ?? labels.we;
  }

  get title() {
    if (!this.item.isOutbound) return this.author;
    const isUnsent = NOT_ON_THE_NETWORK.includes(this.item.reply?.status);
    return fill(isUnsent ? labels.answering : labels.answered, this.ourName);
  }

  /** The handle, where it says more than the name. */
  get handle() {
    const { isOutbound, author } = this.item;
    return isOutbound || author.handle === author.name ? undefined : at(author.handle);
  }

  get initials() {
    const words = this.author.replace(/^@/, "").split(/\s+/u);
    const letters = words.map((word) => [...word].find((sign) => /[\p{L}\p{N}]/u.test(sign))).filter(Boolean);
    return [...new Set([0, letters.length - 1])]
      .map((index) => letters[index] ?? "")
      .join("")
      .toUpperCase();
  }

  get summary() {
    const { isOutbound, isPrivate } = this.item;
    if (isOutbound) return isPrivate ? labels.ourPrivate : labels.ourPublic;
    return fill(isPrivate ? labels.privateFrom : labels.publicFrom, this.author);
  }

  get identity() {
    const label = IDENTITIES[this.item.author.identity];
    if (!label || this.item.isOutbound) return undefined;
    return { label, className: `chip chip_${this.item.author.identity.toLowerCase()}` };
  }

  get lane() {
    return this.item.isPrivate
      ? { icon: "utility:lock", label: labels.privateWord }
      : { icon: "utility:world", label: labels.publicWord };
  }

  get tombstone() {
    if (!this.item.isDeleted) return undefined;
    return this.item.isOutbound ? labels.deletedOurs : labels.deleted;
  }

  get isReadable() {
    return !this.item.isDeleted && !this.item.isHidden;
  }

  get isHidden() {
    return !this.item.isDeleted && this.item.isHidden;
  }

  get isEdited() {
    return this.item.isEdited && !this.item.isDeleted;
  }

  get badges() {
    if (this.item.isOutbound || this.item.isDeleted) return [];
    const { sentiment, sentimentLabel, intentLabel, needsResponse, topics = [] } = this.item;
    return [
      { key: "needs", label: needsResponse && labels.needsResponse, className: "chip chip_needs" },
      { key: "intent", label: intentLabel, className: "chip" },
      { key: "sentiment", label: sentimentLabel, className: `chip chip_${sentiment}` },
      ...topics.map((topic) => ({ key: `topic ${topic}`, label: topic, className: "chip chip_topic" })),
    ].filter((badge) => badge.label);
  }

  get corrected() {
    const { correctedBy, isDeleted } = this.item;
    return correctedBy && !isDeleted ? fill(labels.correctedBy, correctedBy) : undefined;
  }

  get canOpenLabels() {
    return this.canCorrect && !this.item.isOutbound && !this.item.isDeleted;
  }

  get link() {
    const { url, isDeleted, network } = this.item;
    if (isDeleted || !/^https?:\/\//i.test(url ?? "")) return undefined;
    return { url, label: fill(labels.openOn, network) };
  }

  get isAnswerable() {
    return this.canAnswer && !this.item.isOutbound && !this.item.isDeleted;
  }

  get answerLabel() {
    return fill(labels.answerTo, at(this.item.author.handle) ?? this.author);
  }

  handleAnswer() {
    this.dispatchEvent(new CustomEvent("answer", { detail: { postId: this.item.id } }));
  }

  handleCorrect(event) {
    this.dispatchEvent(new CustomEvent("correct", { detail: event.detail }));
  }

  handleAttention() {
    if (this.isNew) this.dispatchEvent(new CustomEvent("seen", { detail: { itemId: this.item.id } }));
  }

  handleDecide(event) {
    this.dispatchEvent(new CustomEvent("decide", { detail: event.detail }));
  }
}

function at(handle) {
  return handle && `@${handle.replace(/^@/, "")}`;
}
