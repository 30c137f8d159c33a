import type { GapCause } from "../model/coverage.ts";
import type { Cursor, IsoTime } from "../model/glossary.ts";

/** A stretch that the other side no longer gives: nothing that we ask for will bring it. */
export interface Lost {
  readonly from: IsoTime;
  readonly to: IsoTime;
  readonly detail: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Asking again from here repeats nothing that was made durable and leaves nothing out. */
  readonly cursor: Cursor;
  /** Everything up to here has been heard. */
  readonly heardUntil?: IsoTime;
  readonly lost?: Lost;
  /** Why hearing is not live from here on, until a page that says `heardUntil` and not this: late, but asked for. */
  readonly interrupted?: { readonly cause: GapCause; readonly detail: string };
}

/**
 * Endless pages from where `cursor` stands (undefined: from now on). The next page is asked for only when this one is
 * durable. Ends when aborted; throws `Unavailable` when the other side cannot serve us now, and is then opened anew.
 */
export type Feed<T> = (cursor: Cursor | undefined, signal: AbortSignal) => AsyncIterable<Page<T>>;
