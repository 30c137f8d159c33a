import { LightningElement, api } from "lwc";
import { countCharacters, toMentionPrefix } from "c/socialLength";
import { PRIVATE, routesOf } from "c/socialRouting";
import { fill } from "c/socialWords";
import labels from "./labels";

/**
 * The box in which an answer is written. It holds nothing itself: fires `write` with the text, `choose` with the kind of the
 * route, and `send`, which comes only when the text may go.
 */
export default class SocialComposer extends LightningElement {
  labels = labels;

  /** The post to answer, from the reply box's targets. */
  @api target;
  @api text = "";
  /** The kind of the chosen route; undefined: the user has to choose. */
  @api route;
  /** Whether the user may write private messages. */
  @api mayWritePrivate = false;
  /** Whether the answer is being sent. */
  @api isBusy = false;
  /** Somebody's answer that the writer does not know of: `{ atMs, by }`. */
  @api meanwhile;
  /** Whether the next click sends although somebody answered meanwhile. */
  @api isConfirmed = false;

  @api focus() {
    this.template.querySelector("lightning-textarea")?.focus();
  }

  get isPrivate() {
    return this.route === PRIVATE;
  }

  get className() {
    return this.isPrivate ? "composer composer_private" : "composer";
  }

  get who() {
    return this.target.handle ? `@${this.target.handle}` : (this.target.name ?? labels.somebody);
  }

  get heading() {
    return fill(this.target.isPrivate ? labels.addressingPrivate : labels.addressing, this.who);
  }

  get account() {
    const { accountHandle, networkLabel } = this.target;
    return accountHandle ? fill(labels.asAccount, `@${accountHandle.split("@")[0]}`, networkLabel) : undefined;
  }

  get routes() {
    return routesOf(this.target, { mayWritePrivate: this.mayWritePrivate, nowMs: Date.now() });
  }

  get isRouteOpen() {
    return this.routes.some((route) => route.kind === this.route && !route.blocked);
  }

  /** Why nothing can be sent at all. */
  get obstacle() {
    if (!this.target.accountId) return labels.noAccount;
    if (this.target.isListenOnly) return labels.listenOnly;
    return this.target.isPrivate && !this.mayWritePrivate ? labels.answerBarred : undefined;
  }

  get prefix() {
    return toMentionPrefix(this.text, this.target);
  }

  get prefixNote() {
    return this.prefix ? fill(labels.prefixNote, this.prefix.trim()) : undefined;
  }

  get count() {
    return this.text ? countCharacters(this.prefix + this.text.trim(), this.target) : 0;
  }

  get isOver() {
    return this.target.textLimit > 0 && this.count > this.target.textLimit;
  }

  get maySend() {
    return (
      this.isRouteOpen &&
      !this.obstacle &&
      !this.target.isGone &&
      Boolean(this.text.trim()) &&
      !this.isOver &&
      !this.isBusy
    );
  }

  get isSendDisabled() {
    return !this.maySend;
  }

  get remark() {
    if (this.target.isGone) return labels.gone;
    return this.isRouteOpen ? undefined : labels.chooseRoute;
  }

  /** Somebody's answer disturbs only who is writing. */
  get warning() {
    if (!this.meanwhile || !this.text.trim()) return undefined;
    return fill(labels.answeredMeanwhile, this.meanwhile.by ?? labels.somebody);
  }

  get sendLabel() {
    if (this.meanwhile && this.isConfirmed) return labels.sendAnyway;
    return this.isPrivate ? labels.sendPrivate : labels.sendPublic;
  }

  handleText(event) {
    this.dispatchEvent(new CustomEvent("write", { detail: { text: event.detail.value ?? "" } }));
  }

  handleChoose(event) {
    this.dispatchEvent(new CustomEvent("choose", { detail: event.detail }));
  }

  handleKeydown(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.handleSend();
  }

  handleSend() {
    if (this.maySend) this.dispatchEvent(new CustomEvent("send"));
  }
}
