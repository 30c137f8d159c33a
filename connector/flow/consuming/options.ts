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
  /** Partitions of one owner are never under way in two batches at a time. Absent: each is its own. */
  readonly ownerOf?: (partition: number) => number;
  /** When much is waiting, what waits in urgent partitions goes first. Absent: none is urgent. */
  readonly isUrgent?: (partition: number) => boolean;
  /** The most entries that are handed over at once. */
  readonly batch?: number;
  /** The most batches that are under way at once. */
  readonly inFlight?: number;
  /**
   * How long an entry, urgent or not, waits for others to share its batch: asked anew for every batch. A batch that is due
   * takes along what else is waiting. Infinity: what is not urgent, or all, may not begin now, however much there is.
   */
  readonly lingerMs?: (urgent: boolean) => number;
  readonly retryParkedEveryMs?: number;
  /** Told of each batch when it is settled, of parked entries too, and with none when a wait at the start is over. */
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
