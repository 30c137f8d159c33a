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
  /** Of those that only wait, as many of these owners' as make a batch, for whoever keeps their lanes busy. */
  nextOf(owners: ReadonlySet<number>, most: number): readonly ParkedEntry[];
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

  function find(isFree: (lane: Lane) => boolean): readonly ParkedEntry[] {
    if (underWay || queue.size === 0) return [];
    forgetDropped();
    return lot.all().filter(({ seq, partition }) => {
      const lane = laneOf.get(partition);
      return queue.has(seq) && lane !== undefined && isFree(lane);
    });
  }

  function take(parked: readonly ParkedEntry[]): readonly ParkedEntry[] {
    for (const { seq } of parked) queue.delete(seq);
    if (parked.length > 0) underWay = true;
    return parked;
  }

  return {
    next: (most) => {
      const free = find(({ busy }) => !busy);
      return take(free[0]?.reason === WAITING ? free.filter(isWaiting).slice(0, most) : free.slice(0, 1));
    },
    nextOf: (owners, most) =>
      take(
        find(({ owner }) => owners.has(owner))
          .filter(isWaiting)
          .slice(0, most),
      ),
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

function isWaiting({ reason }: ParkedEntry): boolean {
  return reason === WAITING;
}
