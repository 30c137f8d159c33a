import { Stopped, Unavailable } from "../../errors.ts";
import type { LogName } from "../../journal/journal.ts";
import type { Rejection } from "../../model/glossary.ts";
import type { Outcome } from "./deliver.ts";

/** More than so many in a row for one reason is nothing about the entries. */
const MOST_IN_A_ROW = 20;
const TRY_AGAIN_MS = 600_000;

/** Counts rejections in a row for one reason over all that it is given; what only waits, or is alone, counts for nothing. */
export interface RejectionRun {
  /** There were too many: nothing new may begin until a batch says otherwise. */
  readonly isTooLong: boolean;
  /**
   * Throws `Stopped` when there are too many: before anything of that batch is made durable, so that none of it is passed
   * over. From then on every batch that meets only the same reason is held back, so that no more and more is parked.
   */
  check(outcomes: readonly Outcome[]): void;
}

export function openRejectionRun(log: LogName): RejectionRun {
  let reason: string | undefined;
  let length = 0;
  return {
    get isTooLong() {
      return length > MOST_IN_A_ROW;
    },
    check(all) {
      const outcomes = all.filter(isFinal);
      const isSame = outcomes.length > 0 && outcomes.every((outcome) => outcome?.reason === reason);
      if (length > MOST_IN_A_ROW && !isSame) length = 0;
      for (const outcome of outcomes) {
        length = outcome === undefined ? 0 : outcome.reason === reason ? length + 1 : 1;
        reason = outcome?.reason;
        if (outcome !== undefined && length > MOST_IN_A_ROW) throw toStopped(log, outcome);
      }
    },
  };
}

function isFinal(outcome: Outcome): outcome is undefined | Rejection {
  return !(outcome instanceof Unavailable) && outcome?.isAlone !== true;
}

function toStopped(log: LogName, { reason, detail }: Rejection): Stopped {
  return new Stopped(
    `More than ${MOST_IN_A_ROW} entries of "${log}" in a row were rejected for "${reason}": ${detail} ` +
      "Nothing was passed over: mend the cause, and it goes on by itself within ten minutes.",
    { retryAfterMs: TRY_AGAIN_MS },
  );
}
