import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Entry, Journal, LogName } from "../../journal/journal.ts";
import type { Rejection } from "../../model/glossary.ts";

/** An entry that cannot succeed as it is: `parked/<log>/<seq>`. Never holds any text of the entry. */
export type Parked = Readonly<z.infer<typeof parkedSchema>>;

const parkedSchema = z.object({
  key: z.string(),
  partition: z.number().int(),
  reason: z.string(),
  detail: z.string(),
  /** When it was tried last. */
  at: z.string(),
  tries: z.number().int().positive(),
});

export interface ParkedEntry extends Parked {
  readonly seq: number;
}

export interface ParkingLot {
  readonly size: number;
  /** Parks it, or counts one more try of one that is parked already. Durable on return. */
  park(entry: Entry, rejection: Rejection): Promise<void>;
  /** Nothing to do if it is not parked. */
  release(seq: number): Promise<void>;
  /** Those that have waited long enough since their last try: twice as long after each one. */
  due(everyMs: number): readonly ParkedEntry[];
  all(): readonly ParkedEntry[];
}

/** After this many tries the wait doubles no more: from ten minutes to most of a day. */
const MOST_DOUBLINGS = 7;

/** What is parked in these partitions, read once; we alone write it. */
export async function openParkingLot(
  { journal, clock, log }: { journal: Journal; clock: Clock; log: LogName },
  partitions: readonly number[],
): Promise<ParkingLot> {
  const prefix = `parked/${log}/`;
  const lot = new Map<number, { readonly parked: ParkedEntry; readonly revision: number }>();
  for await (const doc of journal.list(prefix)) {
    const parked = { ...parkedSchema.parse(JSON.parse(doc.value)), seq: Number(doc.key.slice(prefix.length)) };
    if (partitions.includes(parked.partition)) lot.set(parked.seq, { parked, revision: doc.revision });
  }
  const all = (): readonly ParkedEntry[] => [...lot.values()].map(({ parked }) => parked).sort((a, b) => a.seq - b.seq);

  return {
    get size() {
      return lot.size;
    },
    all,
    park: async ({ seq, key, partition }, { reason, detail }) => {
      const known = lot.get(seq);
      const parked: Parked = { key, partition, reason, detail, at: clock.now(), tries: (known?.parked.tries ?? 0) + 1 };
      const doc = `${prefix}${seq}`;
      const written = await journal.put(doc, JSON.stringify(parked), known?.revision ?? 0);
      // A put whose answer was lost stands there already.
      const revision = written ?? (await journal.get(doc))?.revision;
      if (revision !== undefined) lot.set(seq, { parked: { ...parked, seq }, revision });
    },
    release: async (seq) => {
      const known = lot.get(seq);
      if (known === undefined) return;
      await journal.remove(`${prefix}${seq}`, known.revision);
      lot.delete(seq);
    },
    due: (everyMs) => {
      const nowMs = Date.parse(clock.now());
      return all().filter(({ at, tries }) => {
        return nowMs >= Date.parse(at) + everyMs * 2 ** Math.min(tries - 1, MOST_DOUBLINGS);
      });
    },
  };
}
