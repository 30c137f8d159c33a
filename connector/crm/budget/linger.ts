import type { Allowance } from "./allowance.ts";

/** A recall, a record, and in every second batch one more for Tasks and links. */
const CALLS_PER_BATCH = 2.5;

/** Above the first share calls are ample; at the second a batch costs just what has been refilled since the last one. */
const [AMPLE, STEADY] = [0.8, 0.5];
/** `scarce`: how full the bucket is where the longest time is reached, just above where calls of the kind are held. */
const URGENT = { ampleMs: 150, mostMs: 60_000, perSteady: 1, scarce: 0.06 };
const USUAL = { ampleMs: 2000, mostMs: 600_000, perSteady: 4, scarce: 0.18 };

/**
 * How long a batch waits for company. It grows smoothly as the bucket empties, so the level comes to rest where spending
 * meets the refill: what is spent moves it by less than a thousandth between two batches, so nothing swings.
 */
export function toLingerMs({ capacity, refillPerMs }: Allowance, level: number, urgent: boolean): number {
  const { ampleMs, mostMs, perSteady, scarce } = urgent ? URGENT : USUAL;
  const steadyMs = Math.min(mostMs, Math.max(ampleMs, (perSteady * CALLS_PER_BATCH) / refillPerMs));
  const fullness = level / capacity;
  return fullness > STEADY
    ? between(ampleMs, steadyMs, (AMPLE - fullness) / (AMPLE - STEADY))
    : between(steadyMs, mostMs, (STEADY - fullness) / (STEADY - scarce));
}

const A_MINUTE_MS = 60_000;
const [LOW, EMPTY] = [0.15, 0.03];

/**
 * How long to wait between two looks for what people did: as long as usual while there is enough, up to a minute as it gets
 * less (a rep's answer must not wait longer), and up to five when there is nearly nothing.
 */
export function toPauseMs({ capacity }: Allowance, level: number, usualMs: number): number {
  const fullness = level / capacity;
  const slowMs = Math.max(usualMs, A_MINUTE_MS);
  return fullness > LOW
    ? between(usualMs, slowMs, (STEADY - fullness) / (STEADY - LOW))
    : between(slowMs, Math.max(usualMs, 5 * A_MINUTE_MS), (LOW - fullness) / (LOW - EMPTY));
}

/** From one to the other in equal proportions; `part` 0 is the one, 1 the other. */
function between(one: number, other: number, part: number): number {
  return one * (other / one) ** Math.min(1, Math.max(0, part));
}
