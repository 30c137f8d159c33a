import type { Clock } from "../../../clock.ts";
import type { Session, Step, StepResult } from "../connect.ts";
import type { Fields } from "../fields.ts";
import type { Row } from "../rows.ts";
import { readOrExplain } from "../settings.ts";
import { queryPath } from "../soql.ts";

/** The org's stamps are whole seconds: so long after a change another one may have the same stamp. */
const STAMP_MS = 2000;

/** Tells whether what coordinators keep may have changed: a row was made, changed or deleted. */
export interface SettingsWatch {
  readonly steps: readonly Step[];
  /**
   * Do the answers to these steps tell of a change since the look before? The first look is always news. `Misconfigured` where
   * the package is too old for them.
   */
  isNews(results: ReadonlyMap<string, StepResult>, signal: AbortSignal): Promise<boolean>;
}

export function watchSettings(
  { session, clock }: { readonly session: Session; readonly clock: Clock },
  fields: Fields,
): SettingsWatch {
  const steps = [fields.listener, fields.rule].map(({ object }, index): Step => {
    const soql = `SELECT Id, SystemModstamp FROM ${object} ORDER BY Id`;
    return { ref: `settings${index}`, method: "GET", path: queryPath(soql) };
  });
  let seen: string | undefined;
  let surelySeenMs = 0;
  return {
    steps,
    async isNews(results, signal) {
      const rows: Row[] = [];
      for (const { ref } of steps)
        rows.push(...(await readOrExplain(session, results.get(ref), "settings", fields, signal)));
      const now = JSON.stringify(rows.map((row) => [row["Id"], row["SystemModstamp"]]));
      const isOther = now !== seen;
      const mayBe = surelySeenMs > 0;
      if (isOther) surelySeenMs = clock.monotonicMs() + STAMP_MS;
      else if (clock.monotonicMs() >= surelySeenMs) surelySeenMs = 0;
      seen = now;
      return isOther || mayBe;
    },
  };
}
