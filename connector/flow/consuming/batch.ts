import type { Entry } from "../../journal/journal.ts";
import type { Lane } from "./lane.ts";

export interface Batch {
  /** One after the other: in order within each lane, urgent lanes first. */
  readonly entries: readonly Entry[];
  readonly owners: ReadonlySet<number>;
}

export interface BatchRule {
  readonly most: number;
  /** How long the first entry of an urgent lane, or of another one, may wait for others to come along. */
  readonly lingerMs: (urgent: boolean) => number;
  readonly nowMs: number;
}

/** What may not begin now may begin soon, and nobody rings for that. */
const ASK_AGAIN_MS = 5000;

/**
 * How many milliseconds until a batch of what waits in the free lanes is due, or until to ask again: 0 now, undefined while
 * nothing waits. A full batch is due at once. Lanes that linger for ever (Infinity) only go along with others.
 */
export function toDueMs(lanes: readonly Lane[], { most, lingerMs, nowMs }: BatchRule): number | undefined {
  const free = lanes.filter(isReady);
  if (free.length === 0) return undefined;
  const [urgentMs, usualMs] = [lingerMs(true), lingerMs(false)];
  const toLingerMs = (lane: Lane): number => (lane.isUrgent ? urgentMs : usualMs);
  const starting = free.filter((lane) => toLingerMs(lane) < Infinity);
  if (starting.length === 0) return ASK_AGAIN_MS;
  const count = starting.reduce((sum, lane) => sum + lane.waiting.length, 0);
  if (count >= most) return 0;
  const due = starting.map((lane) => lane.waitingSinceMs + toLingerMs(lane));
  return Math.max(0, Math.min(...due) - nowMs);
}

/**
 * Takes at most `most` entries out of the free lanes: all that waits in the urgent lane that has waited longest, then of the
 * next, and what is left of the batch from the others, those of the same owners first. Whole lanes and few owners, so that
 * the others stay free for the batches beside this one.
 */
export function cutBatch(lanes: readonly Lane[], most: number): Batch {
  const owners = new Set<number>();
  const entries: Entry[] = [];

  function takeFrom(some: readonly Lane[]): void {
    for (const lane of some.filter(isReady).sort((a, b) => a.waitingSinceMs - b.waitingSinceMs)) {
      if (entries.length >= most) return;
      entries.push(...lane.take(most - entries.length));
      owners.add(lane.owner);
    }
  }

  takeFrom(lanes.filter(({ isUrgent }) => isUrgent));
  const others = lanes.filter(({ isUrgent }) => !isUrgent);
  takeFrom(others.filter(({ owner }) => owners.has(owner)));
  takeFrom(others);
  return { entries, owners };
}

function isReady(lane: Lane): boolean {
  return !lane.busy && lane.waiting.length > 0;
}
