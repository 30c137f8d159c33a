import type { Clock } from "../../clock.ts";
import type { Bell } from "./bell.ts";
import type { Lane } from "./lane.ts";
import type { ParkedEntry, ParkingLot } from "./parked.ts";

/** Parked entries whose time has come, one at a time: each is handed over alone, in its own partition's turn. */
export interface Retries {
  /** The next one whose lane is free, undefined while one is under way. */
  next(): { readonly parked: ParkedEntry; readonly lane: Lane } | undefined;
  done(): void;
  /** Queues all at once, then every `everyMs` those that are due, until aborted. */
  run(signal: AbortSignal): Promise<void>;
}

export interface RetriesOptions {
  readonly lot: ParkingLot;
  readonly lanes: readonly Lane[];
  readonly clock: Clock;
  readonly bell: Bell;
  readonly everyMs: number;
}

export function openRetries({ lot, lanes, clock, bell, everyMs }: RetriesOptions): Retries {
  const laneOf = new Map(lanes.map((lane) => [lane.partition, lane]));
  let queue: readonly ParkedEntry[] = [];
  let underWay = false;

  /** What is parked ahead of its position was left by a crash: it comes again by itself. */
  function isPassed({ partition, seq }: ParkedEntry): boolean {
    return seq <= (laneOf.get(partition)?.position.seq ?? 0);
  }

  return {
    next: () => {
      if (underWay) return undefined;
      const parked = queue.find(({ partition }) => laneOf.get(partition)?.busy === false);
      const lane = parked && laneOf.get(parked.partition);
      if (parked === undefined || lane === undefined) return undefined;
      queue = queue.filter((other) => other !== parked);
      underWay = true;
      return { parked, lane };
    },
    done: () => {
      underWay = false;
    },
    run: async (signal) => {
      queue = lot.all().filter(isPassed);
      while (!signal.aborted) {
        bell.ring();
        await clock.sleep(everyMs, signal);
        const queued = new Set(queue.map(({ seq }) => seq));
        queue = [...queue, ...lot.due(everyMs).filter((parked) => isPassed(parked) && !queued.has(parked.seq))];
      }
    },
  };
}
