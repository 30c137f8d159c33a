import { LightningElement, api } from "lwc";

/** In the language and the time zone of the reader's browser. */
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

/** A time as "3 minutes ago", with the whole date behind it. */
export default class SocialWhen extends LightningElement {
  /** Milliseconds since 1970. */
  @api atMs;

  get isKnown() {
    return Number.isFinite(this.atMs);
  }

  get iso() {
    return new Date(this.atMs).toISOString();
  }

  get title() {
    return whole.format(this.atMs);
  }
}
