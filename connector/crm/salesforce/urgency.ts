import type { Draft } from "../../model/draft.ts";
import type { Urgency } from "../budget.ts";

/** A call is as urgent as the most urgent post that it is about. */
export function toUrgency(drafts: readonly Draft[]): Urgency {
  return drafts.some(({ urgent }) => urgent === true) ? "urgent" : "usual";
}
