import type { Store } from "./store.ts";
import type { Streams } from "./streams.ts";

/** How the network behaves otherwise than Mastodon, while it runs; a test turns it. */
export interface Habits {
  /** false: a repeated Idempotency-Key makes another status. */
  idempotency: boolean;
  /** Lists of statuses lag behind by so much, as those of a replica. */
  readDelayMs: number;
}

/** What every part of the network works on. */
export interface State {
  readonly store: Store;
  readonly streams: Streams;
  /** The wall clock, in milliseconds. */
  readonly now: () => number;
  /** The network's name, the part after the second @ of a full handle. */
  readonly domain: string;
  /** Where the network listens, without a slash at the end. Known once it listens. */
  readonly url: () => string;
  readonly textLimit: number;
  readonly habits: Habits;
}
