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
}

export type Condition = (facts: Facts) => boolean;

/** Does it need a response? The first rule that holds decides. `reason` is a sentence without the post's words. */
export interface ResponseRule {
  readonly name: string;
  readonly when: Condition;
  readonly needsResponse: boolean;
  readonly reason: string;
}

/** The first one that holds gives the priority; its reason, where there is one, follows the rule's. */
export interface PriorityRule {
  readonly when: Condition;
  readonly priority: Priority;
  readonly reason?: string;
}

/** What becomes of posts. Data: another set is another policy. */
export interface RuleSet {
  readonly response: readonly ResponseRule[];
  readonly priority: readonly PriorityRule[];
  /** Developer name of the queue that gets the Case. */
  readonly queues: Readonly<Record<Priority, string>>;
  /** Minutes from the post until a first answer is due. */
  readonly responseMinutes: Readonly<Record<Priority, number>>;
}
