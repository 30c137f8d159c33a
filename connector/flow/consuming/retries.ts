import type { Clock } from "../../clock.ts";
import { untilAvailable } from "../retry.ts";
import type { Bell } from "./bell.ts";
import type { Lane } from "./lane.ts";
import { WAITING } from "./parked.ts";
import type { ParkedEntry } from "./parked.ts";
import type { ParkingLot } from "./parking-lot.ts";

/** Parked entries whose time has come, in their own partitions' turn. */
export interface Retries {
  /**
   * The next ones whose lanes are free: one that was refused comes alone, of those that only wait as many as make a batch.
   * Empty while some are under way.
   */
  next(most: number): readonly ParkedEntry[];
  done(): void;
  /** Queues all at once, then those that are due or asked for, until aborted. */
  run(signal: AbortSignal): Promise<void>;
}

export interface RetriesOptions {
  readonly lot: ParkingLot;
  readonly lanes: readonly Lane[];
  readonly clock: Clock;
  readonly bell: Bell;
  readonly everyMs: number;
  /** Told when a command has dropped some of them. */
  readonly onDropped?: () => void;
}

/** How soon a command of another process is noticed. */
const LOOK_MS = 5000;

export function openRetries({ lot, lanes, clock, bell, everyMs, onDropped }: RetriesOptions): Retries {
  const laneOf = new Map(lanes.map((lane) => [lane.partition, lane]));
  const queue = new Set<number>();
  let underWay = false;

  /** What is parked ahead of its position was left by a crash: it comes again by itself. */
  function isPassed({ partition, seq }: ParkedEntry): boolean {
    return seq <= (laneOf.get(partition)?.position.seq ?? 0);
  }

  function enqueue(parked: readonly ParkedEntry[]): void {
    for (const one of parked) if (isPassed(one)) queue.add(one.seq);
    if (queue.size > 0) bell.ring();
  }

  function forgetDropped(): void {
    for (const seq of queue) if (lot.find(seq) === undefined) queue.delete(seq);
  }

  return {
    next: (most) => {
      if (underWay || queue.size === 0) return [];
      forgetDropped();
      const free = lot.all().filter(({ seq, partition }) => queue.has(seq) && laneOf.get(partition)?.busy === false);
      const alone = free[0]?.reason !== WAITING;
      const taken = alone ? free.slice(0, 1) : free.filter(({ reason }) => reason === WAITING).slice(0, most);
      for (const { seq } of taken) queue.delete(seq);
      underWay = taken.length > 0;
      return taken;
    },
    done: () => {
      underWay = false;
    },
    run: async (signal) => {
      enqueue(lot.all());
      while (!signal.aborted) {
        await clock.sleep(Math.min(everyMs, LOOK_MS), signal);
        const { size } = lot;
        await untilAvailable(clock, signal, () => lot.look());
        if (lot.size !== size) onDropped?.();
        enqueue(lot.due(everyMs));
      }
    },
  };
}
