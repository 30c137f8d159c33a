import type { Clock } from "../../clock.ts";
import type { Entry, Journal, LogName } from "../../journal/journal.ts";
import { untilAvailable } from "../retry.ts";
import type { Bell } from "./bell.ts";
import { takePosition } from "./position.ts";
import type { Position } from "./position.ts";

/** A partition on its way through the consumer. It is in at most one batch at a time, which keeps its order. */
export interface Lane {
  readonly partition: number;
  /** Lanes of one owner are busy together: what one customer says is never in two batches at a time. */
  readonly owner: number;
  readonly isUrgent: boolean;
  readonly position: Position;
  /** Read from the log and not yet taken, oldest first. */
  readonly waiting: readonly Entry[];
  /** Since when (monotonic) the first of them has been waiting, or longer. */
  readonly waitingSinceMs: number;
  busy: boolean;
  take(most: number): readonly Entry[];
  /** Of what was taken last the entries of this lane wait again, before all others, as if they had never been taken. */
  putBack(entries: readonly Entry[]): void;
  /** Reads ahead until aborted, as long as less than a batch is waiting; rings the bell for each page. */
  read(signal: AbortSignal): Promise<void>;
}

/** Throws `Taken` when one of these partitions is another connector's now: what lies beside its log is not ours to write. */
export async function holdLanes(lanes: readonly Lane[], partitions: Iterable<number>): Promise<void> {
  const meant = new Set(partitions);
  await Promise.all(lanes.filter(({ partition }) => meant.has(partition)).map(({ position }) => position.hold()));
}

export interface LaneOptions extends Pick<Lane, "partition" | "owner" | "isUrgent"> {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: LogName;
  readonly batch: number;
  readonly bell: Bell;
}

/** Takes the partition's position and makes it a lane; nothing is read yet. */
export async function openLane(options: LaneOptions): Promise<Lane> {
  const { journal, clock, log, partition, owner, isUrgent, batch, bell } = options;
  const position = await takePosition(journal, log, partition);
  let readTo = position.seq;
  let waiting: readonly Entry[] = [];
  let waitingSinceMs = 0;
  let goOn: () => void = () => undefined;

  async function read(signal: AbortSignal): Promise<void> {
    signal.addEventListener("abort", () => goOn());
    for await (const page of journal.tail(log, partition, readTo, batch, signal)) {
      if (waiting.length === 0) waitingSinceMs = clock.monotonicMs();
      waiting = [...waiting, ...page];
      readTo = page.at(-1)?.seq ?? readTo;
      bell.ring();
      while (waiting.length >= batch && !signal.aborted) await new Promise<void>((resolve) => (goOn = resolve));
    }
  }

  return {
    partition,
    owner,
    isUrgent,
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
      goOn();
      return taken;
    },
    putBack: (entries) => {
      if (entries.length === 0) return;
      waiting = [...entries, ...waiting];
      waitingSinceMs = 0;
    },
    read: (signal) => untilAvailable(clock, signal, () => read(signal)),
  };
}
