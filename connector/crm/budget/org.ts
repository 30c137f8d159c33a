import type { Clock } from "../../clock.ts";
import { ORG_FLOORS } from "./allowance.ts";
import type { Urgency } from "./urgency.ts";

/** The org gives calls back hour by hour, and tells only those who ask. */
const FIRST_ASK_MS = 15 * 60_000;
/** It refuses in the same words when too many calls come at once: that is over soon. */
const FIRST_DOUBT_MS = 5000;
const LAST_ASK_MS = 60 * 60_000;
/** Below this share of its limit the org counts as emptying, however full our own bucket is. */
const EMPTYING = 0.2;

/** Calls of the last 24 hours, by everybody, as the org tells with its answers. */
export interface Usage {
  readonly used: number;
  readonly limit: number;
}

/** What the org itself has left. */
export interface Org {
  /** As it said last; undefined: nothing yet. */
  readonly usage: Usage | undefined;
  /** 1: ample, falling to 0 as it empties. */
  fullness(): number;
  told(usage: Usage): void;
  /** It refused a call because none are left. */
  refused(): void;
  /** Milliseconds until such a call may be made; 0: now. */
  msUntil(urgency: Urgency): number;
  /** A call is made. */
  ask(urgency: Urgency): void;
}

/**
 * Where the org has too little left, one call every quarter of an hour asks whether that is still so; refused, less often.
 * Refused although it had plenty by its own word, one call asks soon, then less and less often.
 */
export function toOrg(clock: Clock): Org {
  let usage: Usage | undefined;
  let askEveryMs = FIRST_ASK_MS;
  let asksAtMs = 0;

  const left = (): number => (usage === undefined ? Infinity : Math.max(0, usage.limit - usage.used));
  const isTooLow = (urgency: Urgency): boolean => left() <= ORG_FLOORS[urgency] * (usage?.limit ?? 0);
  const askLater = (): void => void (asksAtMs = clock.monotonicMs() + askEveryMs);

  return {
    get usage() {
      return usage;
    },
    fullness: () => (usage === undefined ? 1 : Math.min(1, left() / Math.max(1, EMPTYING * usage.limit))),
    told(next) {
      const wasLow = isTooLow("later");
      usage = next;
      askEveryMs = FIRST_ASK_MS;
      if (!wasLow && isTooLow("later")) askLater();
    },
    refused() {
      const isDoubtful = usage !== undefined && !isTooLow("later");
      if (left() > 0) askEveryMs = isDoubtful ? FIRST_DOUBT_MS : FIRST_ASK_MS;
      else askEveryMs = Math.min(LAST_ASK_MS, askEveryMs * 2);
      usage = { limit: usage?.limit ?? 0, used: usage?.limit ?? 0 };
      askLater();
    },
    msUntil: (urgency) => (isTooLow(urgency) ? Math.max(0, asksAtMs - clock.monotonicMs()) : 0),
    ask: (urgency) => {
      if (isTooLow(urgency)) askLater();
    },
  };
}
