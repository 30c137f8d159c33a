import type { Clock } from "../clock.ts";
import type { Entry, Journal, LogName } from "../journal/journal.ts";
import { toBell } from "./consuming/bell.ts";
import { cutBatch, toDueMs } from "./consuming/batch.ts";
import { deliver } from "./consuming/deliver.ts";
import type { Handle, Outcome } from "./consuming/deliver.ts";
import { openLane } from "./consuming/lane.ts";
import type { Lane } from "./consuming/lane.ts";
import { openParkingLot } from "./consuming/parked.ts";
import type { ParkedEntry } from "./consuming/parked.ts";
import { openRejectionRun } from "./consuming/rejection-run.ts";
import { openRetries } from "./consuming/retries.ts";
import { settle } from "./consuming/settle.ts";
import { untilAvailable } from "./retry.ts";
import type { OnWait } from "./retry.ts";

export type { Handle, Outcome } from "./consuming/deliver.ts";

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

const TEN_MINUTES_MS = 600_000;

/**
 * Hands what waits in the log over until aborted, and moves a partition's position only after that. Order within a
 * partition holds; a crash anywhere hands entries over again and passes none. Resolves when aborted and all that was under
 * way has ended; throws `Misconfigured` when another connector took over, or when one reason rejects everything.
 */
export async function consume(options: ConsumeOptions, signal: AbortSignal): Promise<void> {
  const stop = new AbortController();
  const running = AbortSignal.any([signal, stop.signal]);
  let fault: { readonly error: unknown } | undefined;

  /** The first failure of any part ends them all. */
  async function untilFault(part: Promise<void>): Promise<void> {
    try {
      await part;
    } catch (error) {
      if (!running.aborted) fault = { error };
      stop.abort();
    }
  }

  await untilFault(run(options, running, untilFault));
  if (fault !== undefined) throw fault.error;
}

async function run(
  options: ConsumeOptions,
  signal: AbortSignal,
  untilFault: (part: Promise<void>) => Promise<void>,
): Promise<void> {
  const { journal, clock, log, partitions, batch: most = 200, inFlight: mostInFlight = 3, onWait } = options;
  const bell = toBell(clock);
  signal.addEventListener("abort", bell.ring);
}
