import type { Clock } from "../clock.ts";
import { Taken, Unavailable } from "../errors.ts";
import type { Leave } from "../model/leave.ts";

/** What is written down as tried leaves soon after: whoever takes it over counts from a later moment. */
const LEAVES_WITHIN_MS = 30_000;

export interface LeaveOptions {
  readonly clock: Clock;
  /** By our monotonic clock, from before the ledger said that this is tried. */
  readonly sinceMs: number;
  /** Is this part of the work still this connector's, beyond doubt? */
  readonly stillOurs: () => boolean;
}

/** A process that was frozen on its way may wake up when another one has long sent the reply. */
export function toLeave({ clock, sinceMs, stillOurs }: LeaveOptions): Leave {
  return {
    check() {
      if (!stillOurs()) throw new Taken("A reply did not leave: another connector may have taken it over");
      if (clock.monotonicMs() - sinceMs > LEAVES_WITHIN_MS)
        throw new Unavailable("A reply did not leave: it took too long on its way to the network");
    },
  };
}
