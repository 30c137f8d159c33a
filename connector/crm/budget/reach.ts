import type { Clock } from "../../clock.ts";
import type { Unavailable } from "../../errors.ts";
import type { Urgency } from "./urgency.ts";

/** One call may meet a hiccup; so many in a row, and nobody answers. */
const MOST_MISSED = 5;

/**
 * Whether the CRM answers at all. Where it does not, asking is left to one urgent call now and then: an outage spends none of
 * the calls that are needed when it is over, and whoever comes back is not met by all at once.
 */
export interface Reach {
  /** There was an answer. */
  answered(): void;
  /** There was none. */
  missed(cause: Unavailable): void;
  /** Throws what the last call met where this one is not to ask anew. */
  check(urgency: Urgency): void;
}

/** `pauseMs`: between two calls that ask. */
export function toReach(clock: Clock, pauseMs: () => number): Reach {
  let missed = 0;
  let last: Unavailable | undefined;
  let asksAtMs = 0;
  const askLater = (): void => void (asksAtMs = clock.monotonicMs() + pauseMs());

  return {
    answered() {
      missed = 0;
      last = undefined;
    },
    missed(cause) {
      missed += 1;
      if (missed < MOST_MISSED) return;
      if (last === undefined) askLater();
      last = cause;
    },
    check(urgency) {
      if (last === undefined) return;
      const mayAsk = urgency === "reply" || urgency === "urgent";
      if (!mayAsk || clock.monotonicMs() < asksAtMs) throw last;
      askLater();
    },
  };
}
