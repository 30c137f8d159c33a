import type { Fields } from "./fields.ts";
import { isOurRule, type RowError } from "./outcome.ts";

/** The sentence that tells a rep what became of a reply. */
export const LONGEST_DETAIL = 255;

const GONE = new Set(["ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "NOT_FOUND"]);

/** The row is gone: nobody waits for the verdict. */
export function isReplyGone({ statusCode }: RowError): boolean {
  return GONE.has(statusCode);
}

/** Our rules refuse a step on what a later attempt holds, or on what has its verdict: then nothing is left to do. */
export function isOvertaken({ reply: r }: Fields, error: RowError): boolean {
  return isOurRule(error, r.attempt, r.status);
}
