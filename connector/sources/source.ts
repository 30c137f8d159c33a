import type { Feed } from "../flow/feed.ts";
import type { Account } from "../model/account.ts";
import type { IsoTime, Network, Rejection } from "../model/glossary.ts";
import type { Post, PostEvent } from "../model/post.ts";
import type { Claimed, Route } from "../model/reply.ts";

/** When one attempt of a reply was published, or was about to be. */
export interface Tries {
  readonly first: IsoTime;
  readonly last: IsoTime;
}

/** One of our accounts on one network, in and out. */
export interface Source {
  readonly network: Network;
  readonly account: Account;
  /** Each with a cursor and a lease of its own. */
  readonly feeds: Readonly<Record<string, Feed<PostEvent>>>;
  /** The parents up to the root, root first, where the network still gives them. The stage "thread" asks. */
  thread?(post: Post, signal: AbortSignal): Promise<readonly Post[]>;
  /** What may be sent now in answer to this post, until when, by whom, and why not. Pure. */
  routes(post: Post, now: IsoTime): readonly Route[];
  /** One post per `reply.key` within `idempotentForMs`. A Rejection says why the network will never take it, for the rep. */
  publish?(reply: Claimed, signal: AbortSignal): Promise<Post | Rejection>;
  /** How long a repeated `publish` of the same key is one post; absent: not at all. */
  readonly idempotentForMs?: number;
  /** Did this reply reach the network? "absent" only when the network's own read delay has passed since the last try. */
  find?(reply: Claimed, tries: Tries, signal: AbortSignal): Promise<Post | "absent" | "unknown">;
}
