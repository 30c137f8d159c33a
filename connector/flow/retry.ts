import type { Clock } from "../clock.ts";
import { Unavailable } from "../errors.ts";

const FIRST_MS = 500;
/** Whoever comes back is heard of within a quarter of a minute; at an even share that is eight tries a minute. */
const LONGEST_MS = 15_000;
/** However long the other side asks for: it may have mistaken a date for seconds. */
const LONGEST_ASKED_MS = 3_600_000;

/** How long the other side may make us wait, of what it asks for. */
export function toAskedMs(askedMs: number): number {
  return Math.min(LONGEST_ASKED_MS, Math.max(0, askedMs));
}

/** Told of every wait, with what caused it and for how long. */
export type OnWait = (cause: Unavailable, delayMs: number) => void;

/**
 * How long to wait after the `failures`-th failure in a row (from 1): a random share of a time that doubles, so that many
 * who failed together do not come back together; never less than the other side asked for.
 */
export function toDelayMs(failures: number, askedMs = 0, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return toAskedMs(askedMs) + random() * ceiling;
}

/**
 * Does `action`, again and again until it is not `Unavailable`; any other failure is the caller's. Rejects with the signal's
 * reason when that is aborted before an attempt is repeated; the first attempt is always made.
 */
export async function untilAvailable<T>(
  clock: Clock,
  signal: AbortSignal,
  action: () => Promise<T>,
  onWait?: OnWait,
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      signal.throwIfAborted();
      await waitOut(error, { clock, signal, failures, onWait });
      signal.throwIfAborted();
    }
  }
}

/** Waits as long as this failure, the `failures`-th in a row, calls for, or until the signal is aborted. */
export async function waitOut(
  cause: Unavailable,
  options: { clock: Clock; signal: AbortSignal; failures: number; onWait: OnWait | undefined },
): Promise<void> {
  const delayMs = toDelayMs(options.failures, cause.retryAfterMs);
  options.onWait?.(cause, delayMs);
  await options.clock.sleep(delayMs, options.signal);
}
