import { Misconfigured } from "../../errors.ts";
import type { LogName } from "../../journal/journal.ts";
import type { Outcome } from "./deliver.ts";

/** More than so many in a row for one reason is nothing about the entries. */
const MOST_IN_A_ROW = 20;

/**
 * Counts rejections in a row for one reason over all that it is given, and throws `Misconfigured` when there are too many:
 * before anything of that batch is made durable, so that none of it is passed over.
 */
export function openRejectionRun(log: LogName): (outcomes: readonly Outcome[]) => void {
  let reason: string | undefined;
  let length = 0;
  return (outcomes) => {
    for (const outcome of outcomes) {
      length = outcome === undefined ? 0 : outcome.reason === reason ? length + 1 : 1;
      reason = outcome?.reason;
      if (outcome === undefined || length <= MOST_IN_A_ROW) continue;
      throw new Misconfigured(
        `More than ${MOST_IN_A_ROW} entries of "${log}" in a row were rejected for "${outcome.reason}": ${outcome.detail} ` +
          "Mend the cause and start the connector again; nothing was passed over.",
      );
    }
  };
}
