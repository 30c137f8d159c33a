import { z } from "zod";
import type { Journal, LogName } from "../../journal/journal.ts";
import { openOwnedDocument } from "../owned-document.ts";

/** How far a partition has been consumed: `position/<log>/<partition>`. */
export const positionSchema = z.object({
  seq: z.number().int().nonnegative(),
  /** Up to here entries may have been tried; those after it never were. */
  triedTo: z.number().int().nonnegative().default(0),
  /** Grows with every owner, so that a former owner's put fails. */
  epoch: z.number().int().positive(),
  owner: z.string().optional(),
});

export interface Reach {
  /** All entries up to here are done or parked. */
  readonly seq: number;
  /** Of the entries after `seq`, those up to here may have been tried, by a process that died or by one that is at it. */
  readonly triedTo: number;
}

export interface Position extends Reach {
  /** Durable on return. Throws `Taken` when another connector has taken the partition. */
  moveTo(seq: number): Promise<void>;
  /** Durable on return: entries up to here count as tried from now on. Throws as `moveTo` does. */
  tryTo(seq: number): Promise<void>;
  /** Asked before what belongs to the partition's owner is written elsewhere. Throws as `moveTo` does. */
  hold(): Promise<void>;
}

export const POSITIONS = "position/";

const toDocKey = (log: LogName, partition: number): string => `${POSITIONS}${log}/${partition}`;

/** Makes the partition ours: whoever had it before can no longer move its position. */
export async function takePosition(journal: Journal, log: LogName, partition: number): Promise<Position> {
  const document = await openOwnedDocument(journal, toDocKey(log, partition), (json) => positionSchema.parse(json));
  const epoch = (document.value?.epoch ?? 0) + 1;
  const now = (): Reach => document.value ?? { seq: 0, triedTo: 0 };
  const put = ({ seq, triedTo }: Reach): Promise<void> => document.put({ seq, triedTo, epoch });
  await put(now());
  return {
    get seq() {
      return now().seq;
    },
    get triedTo() {
      return now().triedTo;
    },
    moveTo: (seq) => put({ ...now(), seq }),
    tryTo: async (seq) => {
      if (seq > now().triedTo) await put({ ...now(), triedTo: seq });
    },
    hold: () => put(now()),
  };
}

/** How far a partition has been consumed, whoever consumes it. */
export async function readReach(journal: Pick<Journal, "get">, log: LogName, partition: number): Promise<Reach> {
  const doc = await journal.get(toDocKey(log, partition));
  return doc === undefined ? { seq: 0, triedTo: 0 } : positionSchema.parse(JSON.parse(doc.value));
}
