import type { Draft } from "../../model/draft.ts";
import type { Collection } from "./collection.ts";
import type { StepResult } from "./connect.ts";
import { toRowResults } from "./rows.ts";
import { toKnownCaseId, toNewCaseKey } from "./touched-cases.ts";

/** What the org's own triggers and flows make of the rows when they come to their limits, which count per collection. */
const LIMITS = new Set([
  "APEX_LIMIT_EXCEEDED",
  "CANNOT_EXECUTE_FLOW_TRIGGER",
  "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
  "LIMIT_EXCEEDED",
  "REQUEST_RUNNING_TOO_LONG",
  "UNKNOWN_EXCEPTION",
]);

/** So few rows fail by themselves, not because they come together: halving further would only cost calls. */
export const FEW = 25;

/** Have all rows of a collection failed in such a way? */
export function isBeyondLimits(collections: readonly Collection[], results: ReadonlyMap<string, StepResult>): boolean {
  return collections.some(({ ref, rows }) => {
    if (rows.size <= FEW) return false;
    return toRowResults(results.get(ref)).every(({ errors }) => LIMITS.has(errors[0]?.statusCode ?? ""));
  });
}

/** In two, in order; what stands on one Case stays together: its row tells of all its posts. */
export function toHalves(drafts: readonly Draft[]): readonly (readonly Draft[])[] {
  const together = [
    ...Map.groupBy(drafts, (draft) => toNewCaseKey(draft) ?? toKnownCaseId(draft) ?? draft.post.key).values(),
  ];
  const middle = Math.ceil(together.length / 2);
  return [together.slice(0, middle).flat(), together.slice(middle).flat()].filter((half) => half.length > 0);
}
