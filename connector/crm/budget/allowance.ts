import type { Urgency } from "./urgency.ts";

const DAY_MS = 86_400_000;
/** Until the org has told its limit: enough to log in and ask. No org has as few. */
const ASSUMED_LIMIT = 1000;
/** However little the org allows, so much is asked of it: else a limit that rises again would never be noticed. */
const LEAST_ALLOWED = 100;

/** What may be spent of a full bucket at once, and what comes back by itself. */
export interface Allowance {
  /** The most calls in any 24 hours. */
  readonly allowed: number;
  readonly capacity: number;
  readonly refillPerMs: number;
}

/**
 * A bucket that holds a tenth of what we may spend, and is refilled with 89 hundredths of it in a day. Whatever the order of
 * calls and pauses, 24 hours see at most one full bucket and one day's refill: 99 hundredths. The last one is for clocks of
 * several connectors that differ, and for the few calls of a command.
 */
export function toAllowance(limit: number | undefined, share: number): Allowance {
  const allowed = Math.max(LEAST_ALLOWED, Math.floor((limit ?? ASSUMED_LIMIT) * share));
  return { allowed, capacity: allowed * 0.1, refillPerMs: (allowed * 0.89) / DAY_MS };
}

/** How full the bucket must stay when a call of this urgency has been made, as a share of its capacity. */
export const BUCKET_FLOORS: Readonly<Record<Urgency, number>> = { reply: 0, urgent: 0.03, usual: 0.15, later: 0.4 };

/** How many calls of its limit the org itself must have left for such a call: others live on them, too. */
export const ORG_FLOORS: Readonly<Record<Urgency, number>> = { reply: 0.0025, urgent: 0.01, usual: 0.02, later: 0.05 };
