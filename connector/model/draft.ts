import type { Key } from "./glossary.ts";
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
  readonly reason: string;
  readonly priority: Priority;
  /** Developer name of the queue that gets the Case. */
  readonly queue: string;
  /** Minutes from the post until a first answer is due. */
  readonly responseMinutes: number;
}

/** A Case to be born. Of a private message neither subject nor description holds a word. */
export interface NewCase {
  readonly kind: "new";
  /** `conversation|persona|n`, see `toCaseKey`. */
  readonly key: Key;
  /** The closed Case that it goes on from. */
  readonly parentCaseId: string | undefined;
  /** At most 255 characters, one line. */
  readonly subject: string;
  /** At most 32,000 characters. */
  readonly description: string;
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
  /** Why the post goes no further: it stays in the journal. */
  readonly ignored?: { readonly stage: string; readonly reason: string };
  /** The parents up to the root, root first, as far as the network still gives them. */
  readonly thread?: readonly Post[];
  readonly reading?: Reading;
  readonly memory?: Memory;
  readonly identity?: Identity;
  readonly triage?: Triage;
  readonly home?: Home;
  /** An activity for the Contact or Lead: only for public inbound posts. */
  readonly task?: true;
}
