import type { Clock } from "../../clock.ts";
import type { Entry, Journal, LogName } from "../../journal/journal.ts";
import type { OnWait } from "../retry.ts";
import type { Handle } from "./deliver.ts";

export interface ConsumeOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: LogName;
  /** Those that are ours. */
  readonly partitions: readonly number[];
  readonly handle: Handle;
  /** The most entries that are handed over at once. */
  readonly batch?: number;
  /** The most batches that are under way at once. */
  readonly inFlight?: number;
  /** How long an entry waits for others to share its batch: asked anew for every batch. */
  readonly lingerMs?: () => number;
  readonly retryParkedEveryMs?: number;
  /** Told of each batch when it is settled. */
  readonly onBatch?: (entries: readonly Entry[]) => void;
  readonly onWait?: OnWait;
  /** Told of an error that parked an entry. */
  readonly onBug?: (error: unknown) => void;
  readonly onStats?: (stats: ConsumeStats) => void;
}

export interface ConsumeStats {
  /** Entries read from the log and not yet passed: at least so many are behind. */
  readonly lag: number;
  readonly parked: number;
}
