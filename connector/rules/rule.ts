import type { Priority } from "../model/draft.ts";
import type { Post } from "../model/post.ts";
import type { Reading } from "../model/reading.ts";

/** What the rules look at. They see nothing else, so the same facts always give the same triage. */
export interface Facts {
  readonly post: Post;
  /** undefined: nobody read it, as with our own posts. */
  readonly reading: Reading | undefined;
  /** Its persona stands for somebody in the CRM. */
  readonly linked: boolean;
  /** Why it belongs to a conversation with us, as a sentence; undefined: it does not. */
  readonly bond: string | undefined;
  /** What our account is called that is addressed; absent: not known, then its key stands for it. */
  readonly handle?: string | undefined;
}

/** What a rule can say of a post. */
export interface Verdict {
  readonly needsResponse: boolean;
  readonly priority: Priority;
  /** Developer name of the queue that gets the Case. */
  readonly queue: string;
  /** Minutes from the post until a first answer is due. */
  readonly responseMinutes: number;
}

/** Facts under the names that conditions use, see `names.ts`. */
export type Seen = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export type Condition = (seen: Seen) => boolean;

/** One rule, made from a row. `reason` is a sentence without the post's words; empty: none. */
export interface Rule {
  readonly name: string;
  readonly holds: Condition;
  readonly says: Partial<Verdict>;
  readonly reason: string;
}

/** What becomes of posts. Data: another set is another policy. */
export interface RuleSet {
  /** The same for the same rules, another one for others: a decision is explained by it. */
  readonly version: string;
  /** Of each part the rules that say something about it, in their order: the first one that holds decides. */
  readonly deciding: { readonly [Part in keyof Verdict]: readonly Rule[] };
}
