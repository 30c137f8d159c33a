import { z } from "zod";
import { toParkedKey } from "../flow/consuming/parked.ts";
import { POSITIONS } from "../flow/consuming/position.ts";
import type { Copy } from "../journal/copying.ts";
import type { Doc, LogName } from "../journal/journal.ts";
import type { Numbers } from "./new-partition.ts";
import { isPassing } from "./note.ts";

const PARKED = "parked/";
/** What else stands there goes along. */
const parkedSchema = z.looseObject({ key: z.string(), partition: z.number() });

interface Parked {
  readonly doc: Doc;
  readonly log: LogName;
  readonly value: z.infer<typeof parkedSchema>;
}

/**
 * The documents of the copy, whose entries stand there already. Positions are made anew where the partitions are others, and
 * what is parked is named by its new place.
 */
export async function toNewDocuments(
  { copy, numbers: { from, to } }: { readonly copy: Pick<Copy, "find">; readonly numbers: Numbers },
  docs: readonly Doc[],
): Promise<readonly Doc[]> {
  const lasting = docs.filter((doc) => !isPassing(doc));
  if (from === to) return lasting;
  const parked = lasting.filter(({ key }) => key.startsWith(PARKED)).map(toParked);
  const others = lasting.filter(({ key }) => !key.startsWith(PARKED) && !key.startsWith(POSITIONS));
  return [...others, ...(await toNewParked(copy, parked))];
}

function toParked(doc: Doc): Parked {
  const [, log] = doc.key.split("/");
  return { doc, log: log as LogName, value: parkedSchema.parse(JSON.parse(doc.value)) };
}

/** One whose entry is no more is left out, as the connector would do. */
async function toNewParked(copy: Pick<Copy, "find">, parked: readonly Parked[]): Promise<readonly Doc[]> {
  const made: Doc[] = [];
  for (const log of new Set(parked.map((one) => one.log))) {
    const ofLog = parked.filter((one) => one.log === log);
    const entries = await copy.find(
      log,
      ofLog.map(({ value }) => value.key),
    );
    const places = new Map(entries.map((entry) => [entry.key, entry]));
    for (const { doc, value } of ofLog) {
      const place = places.get(value.key);
      if (place === undefined) continue;
      const { seq, partition } = place;
      made.push({ ...doc, key: toParkedKey(log, seq), value: JSON.stringify({ ...value, partition }) });
    }
  }
  return made;
}
