import { round, toLatency, type Latency } from "./figures.ts";
import { playDay, type DayOptions, type Played } from "./day/play.ts";

const DAY_MS = 86_400_000;

/** A day at five posts a second, with a burst every three hours, and half of the calls of an org that allows 100,000. */
export const USUAL_DAY: DayOptions = {
  hours: 24,
  perSecond: 5,
  urgentShare: 0.4,
  burstEveryHours: 3,
  burstPosts: 2000,
  orgLimit: 100_000,
  share: 0.5,
  callMs: 150,
  followUpShare: 0.5,
  sweepMs: 60_000,
  reportMs: 300_000,
};

export interface DayReport {
  readonly posts: number;
  readonly calls: number;
  readonly allowedCalls: number;
  /** Of any 24 hours. */
  readonly mostCallsInADay: number;
  readonly callsPer1000: number;
  readonly heldCalls: number;
  readonly postsPerBatch: number;
  /** From hearing a post to its record. */
  readonly urgent: Latency;
  readonly others: Latency;
  /** Calls in the bucket when it was emptiest. */
  readonly fewestLeft: number;
  readonly tookSeconds: number;
}

/** Plays the day with the connector's own budget and consumer and no org; takes less than a minute. */
export async function measureDay(options: DayOptions): Promise<DayReport> {
  const startedMs = performance.now();
  const played = await playDay(options);
  const { calls, urgentMs, usualMs, batches, lowest, state } = played;
  const posts = urgentMs.length + usualMs.length;
  return {
    posts,
    calls: calls.length,
    allowedCalls: state.allowed,
    mostCallsInADay: toMostInADay(calls),
    callsPer1000: round((1000 * calls.length) / posts),
    heldCalls: calls.filter(({ heldMs }) => heldMs > 0).length,
    postsPerBatch: round(posts / batches),
    urgent: toLatency(urgentMs),
    others: toLatency(usualMs),
    fewestLeft: lowest,
    tookSeconds: round((performance.now() - startedMs) / 1000),
  };
}

function toMostInADay(calls: Played["calls"]): number {
  let [from, most] = [0, 0];
  calls.forEach(({ atMs }, index) => {
    while ((calls[from]?.atMs ?? 0) <= atMs - DAY_MS) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}
