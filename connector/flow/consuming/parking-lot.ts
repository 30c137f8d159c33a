import type { Clock } from "../../clock.ts";
import { Unavailable } from "../../errors.ts";
import type { Entry, Journal, LogName } from "../../journal/journal.ts";
import type { Rejection } from "../../model/glossary.ts";
import { toAskedMs } from "../retry.ts";
import { WAITING, findParked, parkedSchema, readParked, toNextTry, toParkedKey } from "./parked.ts";
import type { Parked, ParkedEntry } from "./parked.ts";

/**
 * What is parked in our partitions. Commands of another process ask for a try (`again`) or drop a document meanwhile:
 * the documents are the truth, and what we remember of them is renewed by `look`.
 */
export interface ParkingLot {
  readonly size: number;
  /** How many only wait for somebody who can serve them. */
  readonly waiting: number;
  /** Parks it, or counts one more try; one that somebody dropped meanwhile stays away. Durable on return. */
  park(entry: Entry, why: Rejection | Unavailable, inDoubt: boolean): Promise<void>;
  /** Durable on return: it counts as tried, whatever becomes of the try that begins now. */
  doubt(seq: number): Promise<void>;
  /** Nothing to do if it is not parked. */
  release(seq: number): Promise<void>;
  find(seq: number): ParkedEntry | undefined;
  /** Those whose time has come, and those that somebody asks for. */
  due(everyMs: number): readonly ParkedEntry[];
  /** By their seqs. */
  all(): readonly ParkedEntry[];
  look(): Promise<void>;
}

export async function openParkingLot(
  { journal, clock, log }: { journal: Journal; clock: Clock; log: LogName },
  partitions: readonly number[],
): Promise<ParkingLot> {
  const ours = new Set(partitions);
  const lot = new Map<number, ParkedEntry>();

  /** What we wrote while the documents were listed is newer than the listing. */
  async function look(): Promise<void> {
    const before = new Map(lot);
    const missing = new Map(lot);
    for await (const parked of readParked(journal, log)) {
      if (!ours.has(parked.partition)) continue;
      missing.delete(parked.seq);
      if (lot.get(parked.seq) === before.get(parked.seq)) lot.set(parked.seq, parked);
    }
    for (const [seq, parked] of missing) if (lot.get(seq) === parked) lot.delete(seq);
  }

  /** Writes over what stands there, but for a wish that came meanwhile; what somebody dropped stays away. */
  async function write(seq: number, toNext: (known: ParkedEntry | undefined) => Parked): Promise<void> {
    const before = lot.get(seq);
    let known = before;
    for (;;) {
      const wish = known?.again === true && known !== before ? { again: true } : {};
      const next = parkedSchema.parse({ ...toNext(known), ...wish });
      const revision = await journal.put(toParkedKey(log, seq), JSON.stringify(next), known?.revision ?? 0);
      if (revision !== undefined) return void lot.set(seq, { ...next, log, seq, revision });
      known = await findParked(journal, log, seq);
      if (known === undefined && before !== undefined) return void lot.delete(seq);
    }
  }

  async function release(seq: number): Promise<void> {
    for (let known = lot.get(seq); known !== undefined; known = await findParked(journal, log, seq)) {
      if (await journal.remove(toParkedKey(log, seq), known.revision)) break;
    }
    lot.delete(seq);
  }

  const all = (): readonly ParkedEntry[] => [...lot.values()].sort((a, b) => a.seq - b.seq);
  await look();
  return {
    get size() {
      return lot.size;
    },
    get waiting() {
      return all().filter(({ reason }) => reason === WAITING).length;
    },
    all,
    look,
    release,
    find: (seq) => lot.get(seq),
    park: ({ seq, key, partition }, why, inDoubt) => {
      const at = clock.now();
      const doubt = inDoubt ? { inDoubt } : {};
      return write(seq, (known) => ({
        key,
        partition,
        ...toReason(why, at),
        at,
        tries: (known?.tries ?? 0) + 1,
        ...doubt,
      }));
    },
    doubt: async (seq) => {
      if (lot.has(seq)) await write(seq, (known) => ({ ...(known ?? neverParked()), inDoubt: true }));
    },
    due: (everyMs) => all().filter((parked) => parked.again === true || clock.now() >= toNextTry(parked, everyMs)),
  };
}

function toReason(why: Rejection | Unavailable, at: string): Pick<Parked, "reason" | "detail" | "notBefore"> {
  if (!(why instanceof Unavailable)) return { reason: why.reason, detail: why.detail };
  const { message: detail, retryAfterMs } = why;
  if (retryAfterMs === undefined) return { reason: WAITING, detail };
  return { reason: WAITING, detail, notBefore: new Date(Date.parse(at) + toAskedMs(retryAfterMs)).toISOString() };
}

function neverParked(): never {
  throw new Error("A parked entry that was there is not there any more");
}
