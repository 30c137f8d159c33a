import { setTimeout as delay } from "node:timers/promises";
import type { IsoTime } from "./model/glossary.ts";

/** Time, injected everywhere, so that a test decides what time it is. */
export interface Clock {
  /** The wall clock, for stamps that people read. */
  now(): IsoTime;
  /** Milliseconds that only grow, for durations. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
};
