import type { Unavailable } from "../errors.ts";
import type { IsoTime, Key } from "./glossary.ts";
import type { IdentityState, KnownCase, Link, Memory } from "./memory.ts";
import type { Post } from "./post.ts";
import type { Reading } from "./reading.ts";

/** Who the customer is, with the reason in words. `found`: by us, now, to be written to the persona. */
export interface Identity {
  readonly state: IdentityState;
  readonly link: Link;
  readonly evidence: string;
  readonly found: boolean;
}

export type Priority = "High" | "Medium" | "Low";

/** What is to happen with a post, and why, by which rule. */
export interface Triage {
  readonly needsResponse: boolean;
  /** Decision 5: does it enter the CRM at all? */
  readonly keep: boolean;
  readonly rule: string;
  /** The version of the set of rules that it belongs to. */
  readonly ruleSet: string;
  readonly reason: string;
  readonly priority: Priority;
  /** Developer name of the queue that gets the Case. */
  readonly queue: string;
  /** Minutes from the post until a first answer is due. */
  readonly responseMinutes: number;
}

/** What a Case is called by the post that opened it. Of a private message neither holds a word. */
export interface CaseText {
  /** At most 255 characters, one line. */
  readonly subject: string;
  /** At most 32,000 characters. */
  readonly description: string;
}

/** A Case to be born. */
export interface NewCase extends CaseText {
  readonly kind: "new";
  /** `conversation|persona|n`, see `toCaseKey`. */
  readonly key: Key;
  /** The closed Case that it goes on from. */
  readonly parentCaseId: string | undefined;
}

/** The Case that a post belongs to. */
export type Home =
  | NewCase
  /** Made by an earlier draft of the same batch. */
  | { readonly kind: "batch"; readonly key: Key }
  /** Stands on this Case as it is: open, or closed where the post is no reason to open it again. */
  | { readonly kind: "open"; readonly case: KnownCase }
  | { readonly kind: "reopen"; readonly case: KnownCase };

/** A post on its way through the pipeline. Each stage adds what it found; nothing is ever taken away. */
export interface Draft {
  readonly post: Post;
  /** It may need a response: it goes before what does not, and the CRM's calls are saved up for it. */
  readonly urgent?: true;
  /**
   * When it was deleted. An earlier call of ours may have recorded it, or may yet: it is recorded once more, without its
   * words, so that what comes late finds a tombstone.
   */
  readonly gone?: IsoTime;
  /** A call may yet record an earlier version of it, which nobody wanted in the end: this one goes into the CRM before. */
  readonly doubted?: true;
  /** Why the post goes no further: it stays in the journal. */
  readonly ignored?: { readonly stage: string; readonly reason: string };
  /** Why the post goes no further now: what it needs cannot be had at the moment. It is tried again soon. */
  readonly waits?: Unavailable;
  /** The parents up to the root, root first, as far as the network still gives them. */
  readonly thread?: readonly Post[];
  readonly reading?: Reading;
  readonly memory?: Memory;
  readonly identity?: Identity;
  readonly triage?: Triage;
  readonly home?: Home;
  /** Of an edit: what the Case is called now that this very post may have opened. */
  readonly caseText?: CaseText;
  /** An activity for the Contact or Lead: only for public inbound posts. */
  readonly task?: true;
}
