import type { Draft } from "../../model/draft.ts";
import type { IsoTime } from "../../model/glossary.ts";

/**
 * The turn of a call that records something of this draft's author: a later call's is higher, by the clock or, where that went
 * back, by what the CRM holds. The org refuses births of an older turn than the persona's: the row of a birth that came late
 * may have been there and gone.
 */
export function toTurn({ memory }: Draft, now: IsoTime): number {
  return Math.max(Date.parse(now), (memory?.persona?.turn ?? 0) + 1);
}
