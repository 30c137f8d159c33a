import { z } from "zod";
import type { Journal, LogName } from "../../journal/journal.ts";
import type { IsoTime } from "../../model/glossary.ts";

/** An entry that cannot succeed as it is: `parked/<log>/<seq>`. Never holds any text of the entry. */
export const parkedSchema = z.object({
  key: z.string(),
  partition: z.number().int(),
  reason: z.string(),
  detail: z.string(),
  /** When it was tried last. */
  at: z.string(),
  tries: z.number().int().positive(),
  /** An earlier attempt may have got through, or may yet. */
  inDoubt: z.boolean().optional(),
  /** Somebody asks for another try at once. */
  again: z.boolean().optional(),
  /** The other side asked not to be asked before. */
  notBefore: z.string().optional(),
});

export type Parked = Readonly<z.infer<typeof parkedSchema>>;

export interface ParkedEntry extends Parked {
  readonly log: LogName;
  readonly seq: number;
  /** Of its document, for a put or removal that nobody else's comes between. */
  readonly revision: number;
}

/** The reason of what is only put aside until somebody can serve it again. */
export const WAITING = "waiting";

export const RETRY_PARKED_MS = 600_000;
/** After this many tries the wait doubles no more: from ten minutes to most of a day. */
const MOST_DOUBLINGS = 7;
const FIRST_WAIT_MS = 1000;

/** Where an entry stands when it is parked. */
export function toParkedKey(log: LogName, seq: number): string {
  return `parked/${log}/${seq}`;
}

/** What is parked, of one log or of all: in the order of the logs' names, not of their seqs. Other documents are left out. */
export async function* readParked(journal: Pick<Journal, "list">, log?: LogName): AsyncGenerator<ParkedEntry> {
  for await (const doc of journal.list(log === undefined ? "parked/" : `parked/${log}/`)) {
    const [, name, seq] = doc.key.split("/");
    const parked = parkedSchema.parse(JSON.parse(doc.value));
    yield { ...parked, log: name as LogName, seq: Number(seq), revision: doc.revision };
  }
}

/** The parked document of this entry; undefined: it is not parked. */
export async function findParked(
  journal: Pick<Journal, "get">,
  log: LogName,
  seq: number,
): Promise<ParkedEntry | undefined> {
  const doc = await journal.get(toParkedKey(log, seq));
  return doc && { ...parkedSchema.parse(JSON.parse(doc.value)), log, seq, revision: doc.revision };
}

/**
 * When its turn comes by itself: twice as long after each try, from `everyMs` on; what only waits is asked for from a second
 * on and at least every `everyMs`.
 */
export function toNextTry({ at, tries, reason, notBefore = at }: Parked, everyMs = RETRY_PARKED_MS): IsoTime {
  const doubled = 2 ** Math.min(tries - 1, reason === WAITING ? 30 : MOST_DOUBLINGS);
  const waitMs = reason === WAITING ? Math.min(everyMs, FIRST_WAIT_MS * doubled) : everyMs * doubled;
  return new Date(Math.max(Date.parse(at) + waitMs, Date.parse(notBefore))).toISOString();
}
