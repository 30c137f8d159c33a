import { z } from "zod";
import type { Journal, LogName } from "../../journal/journal.ts";
import { openOwnedDocument } from "../owned-document.ts";

/** How far a partition has been consumed: `position/<log>/<partition>`. */
const positionSchema = z.object({
  seq: z.number().int().nonnegative(),
  /** Grows with every owner, so that a former owner's put fails. */
  epoch: z.number().int().positive(),
  owner: z.string().optional(),
});

export interface Position {
  readonly seq: number;
  /** Durable on return. Throws `Misconfigured` when another connector has taken the partition. */
  moveTo(seq: number): Promise<void>;
}

/** Makes the partition ours: whoever had it before can no longer move its position. */
export async function takePosition(journal: Journal, log: LogName, partition: number): Promise<Position> {
  const key = `position/${log}/${partition}`;
  const document = await openOwnedDocument(journal, key, (json) => positionSchema.parse(json));
  const epoch = (document.value?.epoch ?? 0) + 1;
  await document.put({ seq: document.value?.seq ?? 0, epoch });
  return {
    get seq() {
      return document.value?.seq ?? 0;
    },
    moveTo: (seq) => document.put({ seq, epoch }),
  };
}
