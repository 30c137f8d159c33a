import type { Clock } from "../../clock.ts";
import type { Draft } from "../../model/draft.ts";

/**
 * The turn of a call that is about to be made: higher than that of every call before it, and at least this. The org refuses
 * births of an older turn than the persona's: the row of a birth that came late may have been there and gone.
 */
export type NextTurn = (atLeast: number) => Promise<number>;

/** About the time in milliseconds; it goes on where the clock went back, as long as this process lasts. */
export function toNextTurn(clock: Clock): NextTurn {
  let last = 0;
  return (atLeast) => {
    last = Math.max(Date.parse(clock.now()), last + 1, atLeast);
    return Promise.resolve(last);
  };
}

/** Higher than what the CRM holds of these drafts' authors: somebody's clock or journal may have been ahead of ours. */
export function toLeastTurn(drafts: readonly Draft[]): number {
  return Math.max(0, ...drafts.map(({ memory }) => (memory?.persona?.turn ?? 0) + 1));
}
