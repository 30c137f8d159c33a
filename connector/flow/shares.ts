/** A part of the work that one connector does at a time: a partition of every log with the accounts that lie there, or what has to do with the CRM as a whole. */
export type Share = number | "crm";

/**
 * What several connectors on one journal divide among themselves: each share is held by one at a time. A share is let go when
 * all work on it has ended; what was lost (this process was frozen, or cut off from the journal) is aborted with `Taken`.
 */
export interface Shares {
  /** Those that are held now. */
  readonly held: ReadonlySet<Share>;
  /**
   * May be done for this share what cannot be taken back? Asked at the last moment: no, as soon as half a lease has passed
   * since it was last certain, although it may still be held.
   */
  stillOurs(share: Share): boolean;
  /**
   * Runs `work` for each share as long as it is held, side by side: may be called any number of times. Resolves when all is
   * aborted, or `signal` is where it is given, and the work has ended.
   */
  each(work: (share: Share, held: AbortSignal) => Promise<void>, signal?: AbortSignal): Promise<void>;
  /** Runs `work` for all partitions that are held together: ended and begun anew when they change. Not at all while there are none. */
  together(work: (partitions: readonly number[], held: AbortSignal) => Promise<void>): Promise<void>;
}
