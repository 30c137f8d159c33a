import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../../connector/clock.ts";

/** Time that runs `factor` times as fast as the machine's, from the moment `epochMs` on: waits are short, and nothing else changes. */
export interface FastTime {
  readonly factor: number;
  readonly epochMs: number;
}

export function toNowMs({ factor, epochMs }: FastTime): number {
  return epochMs + (Date.now() - epochMs) * factor;
}

export function toFastClock(time: FastTime): Clock {
  const { factor } = time;
  return {
    now: () => new Date(toNowMs(time)).toISOString(),
    monotonicMs: () => performance.now() * factor,
    sleep: (ms, signal) => delay(ms / factor, undefined, { signal }).catch(() => undefined),
  };
}
