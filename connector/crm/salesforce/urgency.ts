import type { Draft } from "../../model/draft.ts";
import type { Urgency } from "../budget.ts";

export type PostUrgency = Extract<Urgency, "urgent" | "usual">;

/** A call is as urgent as the most urgent post that it is about. */
export function toUrgency(drafts: readonly Draft[]): PostUrgency {
  return drafts.some(({ urgent }) => urgent === true) ? "urgent" : "usual";
}
