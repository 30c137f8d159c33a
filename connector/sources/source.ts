import type { Feed } from "../flow/feed.ts";
import type { Account } from "../model/account.ts";
import type { IsoTime, Key, Network, Rejection } from "../model/glossary.ts";
import type { Leave } from "../model/leave.ts";
import type { Post, PostEvent } from "../model/post.ts";
import type { Claimed, Route, RouteKind } from "../model/reply.ts";

/** When one attempt of a reply was published, or was about to be. */
export interface Tries {
  readonly first: IsoTime;
  readonly last: IsoTime;
  /** Is this post known to be another reply's? Absent: nobody remembers. */
  readonly isOthers?: (post: Key) => Promise<boolean>;
}

/** A request as it came in: signatures are over the raw bytes. */
export interface RawRequest {
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** What one request told. */
export interface Delivery {
  readonly events: readonly PostEvent[];
  /** Of these stretches all has been told; `from` undefined: since ever. */
  readonly complete: readonly { readonly from: IsoTime | undefined; readonly to: IsoTime }[];
}

/** A post that was heard before, as we hold it. */
export interface Held {
  readonly key: Key;
  readonly version: number;
  /** As the post has it. */
  readonly edition?: string;
}

/** One of our accounts on one network, in and out. */
export interface Source {
  readonly network: Network;
  readonly account: Account;
  /** Each with a cursor and a lease of its own. */
  readonly feeds: Readonly<Record<string, Feed<PostEvent>>>;
  /**
   * Pure: verifies the signature over the raw bytes and translates. Throws `Refused`. The caller makes the events durable and
   * only then answers the network.
   */
  receive?(request: RawRequest, now: IsoTime): Delivery;
  /**
   * Reads these posts again, page by page: what was edited or deleted meanwhile comes as an event, what stands unchanged does
   * not. What the network cannot tell about is left out.
   */
  recheck?(posts: readonly Held[], signal: AbortSignal): AsyncIterable<readonly PostEvent[]>;
  /** Rights that we need and our token has not, as the network calls them; undefined: the network does not say. */
  lacks?(signal: AbortSignal): Promise<readonly string[] | undefined>;
  /** The parents up to the root, root first, where the network still gives them. The stage "thread" asks. */
  thread?(post: Post, signal: AbortSignal): Promise<readonly Post[]>;
  /** What may be sent now in answer to this post, until when, by whom, and why not. Pure. */
  routes(post: Post, now: IsoTime): readonly Route[];
  /**
   * One post per `reply.key` within `idempotentForMs`. A Rejection says why the network will never take it, for the rep. Of
   * the request that publishes no byte leaves unless `leave` has been asked in the same turn; throws what it throws.
   */
  publish?(reply: Claimed, signal: AbortSignal, leave: Leave): Promise<Post | Rejection>;
  /** How long a repeated `publish` of the same key is one post, by route where that matters; absent: not at all. */
  readonly idempotentForMs?: number | Readonly<Partial<Record<RouteKind, number>>>;
  /** How long a try that was cut off may still be under way: repeated beside it, one key could become two posts. */
  readonly tryEndsAfterMs?: number;
  /** Did this reply reach the network? "absent" only when `readDelayMs` have passed since the last try. */
  find?(reply: Claimed, tries: Tries, signal: AbortSignal): Promise<Post | "absent" | "unknown">;
  /** So long after a try what is "unknown" may yet become known; absent: it stays unknown. */
  readonly readDelayMs?: number;
}
