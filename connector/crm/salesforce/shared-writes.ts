import type { Clock } from "../../clock.ts";
import type { Session } from "./connect.ts";
import { writeTogether, type Share, type Shared } from "./write-together.ts";

/** Longer than so nobody is waited for: what the budget holds or the org is slow with must not hold up the others. */
const LONGEST_WAIT_MS = 500;

/** So large a batch is one of many: more come behind it. */
const LARGE = 100;
/** So many large batches fill a call. */
const COMPANY = 4;

/** A batch's place among those under way. */
export interface Seat {
  /** Once: resolves when these rows are written, together with those of others. Throws as a call of its own would. */
  write(share: Share): Promise<Shared>;
  /** It has nothing to write, or nothing more. Safe to repeat. */
  leave(): void;
}

/** Calls that batches under way share, for there are only so many a day. */
export interface SharedWrites {
  /** Before the first call of a batch of so many drafts: whoever has something to write meanwhile waits a moment for it. */
  enter(drafts: number): Seat;
}

/** Those who go together. */
interface Group {
  readonly asked: Asked[];
  /** All are large batches, whose rows are in no hurry. */
  isPatient: boolean;
  /** Batches whose first call is under way. */
  awaited: Set<Seat>;
  isOverdue: boolean;
}

interface Asked {
  readonly isLarge: boolean;
  readonly share: Share;
  readonly resolve: (shared: Shared) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One call at a time: what is asked for meanwhile goes with the next, which also waits for the batches whose first call is
 * under way by then, and large batches alone for company. Nobody goes on before what it asked for stands: a crash loses nothing.
 */
export function openSharedWrites(session: Session, clock: Clock): SharedWrites {
  const recording = new Set<Seat>();
  let group: Group | undefined;
  let underWay = 0;

  function ask(asked: Asked): void {
    if (group !== undefined) {
      group.asked.push(asked);
      group.isPatient &&= asked.isLarge;
      return;
    }
    const waiting: Group = { asked: [asked], isPatient: asked.isLarge, awaited: new Set(recording), isOverdue: false };
    group = waiting;
    go();
    if (group === waiting) void hurry(waiting);
  }

  async function hurry(waiting: Group): Promise<void> {
    await clock.sleep(LONGEST_WAIT_MS, new AbortController().signal);
    waiting.isOverdue = true;
    go();
  }

  function go(): void {
    if (group === undefined) return;
    const { asked, awaited, isPatient, isOverdue } = group;
    const isAwaiting = underWay > 0 || awaited.size > 0 || (isPatient && asked.length < COMPANY);
    if (isAwaiting && !isOverdue) return;
    group = undefined;
    void write(asked);
  }

  async function write(asked: readonly Asked[]): Promise<void> {
    underWay += 1;
    const settled = await writeTogether(
      session,
      asked.map(({ share }) => share),
    );
    underWay -= 1;
    for (const [index, result] of settled.entries()) {
      if (result.status === "fulfilled") asked[index]?.resolve(result.value);
      else asked[index]?.reject(result.reason);
    }
    if (group !== undefined) group.awaited = new Set(recording);
    go();
  }

  function leave(seat: Seat): void {
    recording.delete(seat);
    group?.awaited.delete(seat);
    go();
  }

  return {
    enter(drafts) {
      const seat: Seat = {
        write: (share) =>
          new Promise((resolve, reject) => {
            recording.delete(seat);
            ask({ share, isLarge: drafts >= LARGE, resolve, reject });
            leave(seat);
          }),
        leave: () => leave(seat),
      };
      recording.add(seat);
      return seat;
    },
  };
}
