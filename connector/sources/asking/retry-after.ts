import type { Clock } from "../../clock.ts";

/** When the count of requests starts anew, as networks call it. Some say so in every answer: of one that is no 429 it means nothing. */
const RESETS = ["RateLimit-Reset", "X-RateLimit-Reset"];
/** A number above this is an instant, in seconds since 1970; below it is how many seconds to wait. */
const LONGEST_WAIT_S = 1e9;

/** How long the network asks us to wait, in milliseconds; undefined: it does not say, or makes no sense. */
export function toRetryAfterMs(
  headers: Pick<Headers, "get">,
  clock: Clock,
  resets: readonly string[] = RESETS,
): number | undefined {
  const nowMs = Date.parse(clock.now());
  for (const name of ["Retry-After", ...resets]) {
    const waitMs = toWaitMs(headers.get(name) ?? "", nowMs);
    if (waitMs !== undefined) return waitMs;
  }
  return undefined;
}

/** It may be told in seconds from now, in seconds since 1970, or as a date. */
function toWaitMs(text: string, nowMs: number): number | undefined {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  const untilMs = Number.isNaN(number) ? Date.parse(text) : number * 1000;
  if (Number.isNaN(untilMs)) return undefined;
  if (number < 0) return undefined;
  return number <= LONGEST_WAIT_S ? untilMs : Math.max(0, untilMs - nowMs);
}
