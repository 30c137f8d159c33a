import { LightningElement, api } from "lwc";
import { fill } from "c/socialWords";
import overLimit from "@salesforce/label/c.Social_Over_Limit";
import used from "@salesforce/label/c.Social_Characters_Used";
import usedOf from "@salesforce/label/c.Social_Characters_Used_Of";

/** How much of the network's limit a text takes. */
export default class SocialCounter extends LightningElement {
  /** What the text counts, from `c/socialLength`. */
  @api count = 0;
  /** The network's limit; without one the count alone shows. */
  @api limit;

  get isOver() {
    return this.limit > 0 && this.count > this.limit;
  }

  get words() {
    return this.limit > 0 ? `${this.count} / ${this.limit}` : `${this.count}`;
  }

  get spoken() {
    return this.limit > 0 ? fill(usedOf, this.count, this.limit) : fill(used, this.count);
  }

  get warning() {
    return this.isOver ? fill(overLimit, this.count - this.limit) : "";
  }

  get className() {
    return this.isOver ? "count count_over" : "count";
  }
}
