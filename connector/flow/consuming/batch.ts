import type { Entry } from "../../journal/journal.ts";
import type { Lane } from "./lane.ts";

export interface Batch {
  readonly lanes: readonly Lane[];
  /** In order within each lane. */
  readonly entries: readonly Entry[];
}

export interface BatchRule {
  readonly most: number;
  /** How long the first entry may wait for others to come along. */
  readonly lingerMs: number;
  readonly nowMs: number;
}

/**
 * How many milliseconds until a batch of what waits in the free lanes is due: 0 now, undefined while nothing waits. A full
 * batch is due at once.
 */
export function toDueMs(lanes: readonly Lane[], { most, lingerMs, nowMs }: BatchRule): number | undefined {
  const free = lanes.filter(isReady);
  if (free.length === 0) return undefined;
  const count = free.reduce((sum, lane) => sum + lane.waiting.length, 0);
  if (count >= most) return 0;
  const sinceMs = Math.min(...free.map((lane) => lane.waitingSinceMs));
  return Math.max(0, sinceMs + lingerMs - nowMs);
}

/**
 * Takes at most `most` entries out of the free lanes: all that waits in the lane that has waited longest, then of the next.
 * Whole lanes, so that the others stay free for the batches beside this one.
 */
export function cutBatch(lanes: readonly Lane[], most: number): Batch {
  const taken: Lane[] = [];
  const entries: Entry[] = [];
  for (const lane of lanes.filter(isReady).sort((a, b) => a.waitingSinceMs - b.waitingSinceMs)) {
    if (entries.length >= most) break;
    entries.push(...lane.take(most - entries.length));
    taken.push(lane);
  }
  return { lanes: taken, entries };
}

function isReady(lane: Lane): boolean {
  return !lane.busy && lane.waiting.length > 0;
}
