import { LightningElement, api } from "lwc";
import earlier from "@salesforce/label/c.Social_Earlier";
import later from "@salesforce/label/c.Social_Later";
import { NEWEST, toEarlier, toLater, toRange } from "./window";

/** So near to the end is the end, in pixels. */
const NEAR = 48;

/**
 * One conversation, the newest item in view; earlier ones on request. Only some of a long one show at a time, and what the reader
 * looks at stays where it is. Fires `older` when earlier items are wanted than it has, and passes on what its items fire.
 */
export default class SocialConversation extends LightningElement {
  labels = { earlier, later };

  /** What screen readers call it. */
  @api label;
  /** Whether there are items older than `rows`. */
  @api hasOlder = false;

  all = [];
  shown = NEWEST;
  /** Earlier items were asked for and are not there yet. */
  isWaiting = false;
  /** What the reader looks at, to be found there again: an item and its distance from the top. */
  anchor;
  isAtEnd = true;

  /** `{ id, item, … }` as `c/socialPost` takes them, oldest first. */
  @api get rows() {
    return this.all;
  }

  set rows(rows) {
    const hadFirst = this.all[0]?.id;
    const isGrown = rows.length > this.all.length && rows[0]?.id !== hadFirst && hadFirst !== undefined;
    this.lookAround();
    this.all = rows;
    if (!this.isWaiting || !isGrown) return;
    this.isWaiting = false;
    this.shown = toEarlier(rows, this.shown);
  }

  get range() {
    return toRange(this.all, this.shown);
  }

  get visible() {
    const { from, to } = this.range;
    return this.all.slice(from, to);
  }

  get hasEarlier() {
    return this.range.from > 0 || this.hasOlder;
  }

  get hasLater() {
    return this.range.to < this.all.length;
  }

  get scroller() {
    return this.template.querySelector(".scroller");
  }

  renderedCallback() {
    const { scroller } = this;
    if (!scroller) return;
    if (this.isAtEnd && !this.hasLater) scroller.scrollTop = scroller.scrollHeight;
    else if (this.anchor) {
      const item = this.template.querySelector(`[data-id="${this.anchor.id}"]`);
      if (item) scroller.scrollTop += topOf(item, scroller) - this.anchor.top;
    }
  }

  /** Before anything changes. */
  lookAround() {
    const { scroller } = this;
    if (!scroller) return;
    this.isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    const items = [...this.template.querySelectorAll("[data-id]")];
    const first = items.find((item) => topOf(item, scroller) + item.offsetHeight > 0);
    this.anchor = first && { id: first.dataset.id, top: topOf(first, scroller) };
  }

  handleEarlier() {
    this.lookAround();
    this.isAtEnd = false;
    if (this.range.from > 0) {
      this.shown = toEarlier(this.all, this.shown);
      return;
    }
    this.isWaiting = true;
    this.dispatchEvent(new CustomEvent("older"));
  }

  handleLater() {
    this.lookAround();
    this.isAtEnd = false;
    this.shown = toLater(this.all, this.shown);
  }

  handlePass(event) {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail }));
  }
}

function topOf(item, scroller) {
  return item.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
