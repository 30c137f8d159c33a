import type { Cursor, IsoTime } from "../model/glossary.ts";

/** A stretch that we know we have not heard. */
export interface Gap {
  readonly from: IsoTime;
  readonly to: IsoTime;
  readonly cause: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Asking again from here repeats nothing that was made durable and leaves nothing out. */
  readonly cursor: Cursor;
  /** Everything up to here has been heard. */
  readonly heardUntil?: IsoTime;
  readonly gap?: Gap;
}

/**
 * Endless pages from where `cursor` stands (undefined: from now on). The next page is asked for only when this one is
 * durable. Ends when aborted; throws `Unavailable` when the other side cannot serve us now, and is then opened anew.
 */
export type Feed<T> = (cursor: Cursor | undefined, signal: AbortSignal) => AsyncIterable<Page<T>>;
