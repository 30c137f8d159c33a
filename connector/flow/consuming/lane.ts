import type { Clock } from "../../clock.ts";
import type { Entry, Journal, LogName } from "../../journal/journal.ts";
import { untilAvailable } from "../retry.ts";
import type { Bell } from "./bell.ts";
import { takePosition } from "./position.ts";
import type { Position } from "./position.ts";

/** A partition on its way through the consumer. It is in at most one batch at a time, which keeps its order. */
export interface Lane {
  readonly partition: number;
  readonly position: Position;
  /** Read from the log and not yet taken, oldest first. */
  readonly waiting: readonly Entry[];
  /** Since when (monotonic) the first of them has been waiting. */
  readonly waitingSinceMs: number;
  busy: boolean;
  take(most: number): readonly Entry[];
  /** Reads ahead, one page at a time, until aborted; rings the bell for each. */
  read(signal: AbortSignal): Promise<void>;
}

export interface LaneOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: LogName;
  readonly partition: number;
  readonly batch: number;
  readonly bell: Bell;
}

/** Takes the partition's position and makes it a lane; nothing is read yet. */
export async function openLane({ journal, clock, log, partition, batch, bell }: LaneOptions): Promise<Lane> {
  const position = await takePosition(journal, log, partition);
  let readTo = position.seq;
  let waiting: readonly Entry[] = [];
  let waitingSinceMs = 0;
  let goOn: () => void = () => undefined;

  async function read(signal: AbortSignal): Promise<void> {
    signal.addEventListener("abort", () => goOn());
    for await (const page of journal.tail(log, partition, readTo, batch, signal)) {
      waiting = page;
      waitingSinceMs = clock.monotonicMs();
      readTo = page.at(-1)?.seq ?? readTo;
      const taken = new Promise<void>((resolve) => (goOn = resolve));
      bell.ring();
      if (!signal.aborted) await taken;
    }
  }

  return {
    partition,
    position,
    busy: false,
    get waiting() {
      return waiting;
    },
    get waitingSinceMs() {
      return waitingSinceMs;
    },
    take: (most) => {
      const taken = waiting.slice(0, most);
      waiting = waiting.slice(most);
      if (waiting.length === 0) goOn();
      return taken;
    },
    read: (signal) => untilAvailable(clock, signal, () => read(signal)),
  };
}
