import { Declined, Unavailable } from "../../errors.ts";
import type { Urgency } from "../budget.ts";
import type { Session, Step, StepResult } from "./connect.ts";
import { toRowOutcome, type Refusals, type RowOutcome } from "./outcome.ts";
import type { NewRow } from "./post-row.ts";
import { toRowResults } from "./rows.ts";

/** One collection call of a composite: its rows, each under the name that others know it by. */
export interface Collection extends Refusals {
  readonly ref: string;
  readonly method: "POST" | "PATCH";
  readonly path: string;
  readonly type: string;
  readonly rows: ReadonlyMap<string, NewRow>;
}

/** The path that inserts rows or updates them by Id, several at a time. */
export const COLLECTION = "composite/sobjects";

/** How many rows Salesforce takes in one collection, and how many collections in one call. */
const MOST_ROWS = 200;
const MOST_COLLECTIONS = 5;

/** The path that inserts rows, or updates those that have this external id. */
export function toUpsertPath(object: string, key: string): string {
  return `${COLLECTION}/${object}/${key}`;
}

export function toStep({ ref, method, path, type, rows }: Collection): Step {
  const records = [...rows.values()].map((row) => ({ attributes: { type }, ...row }));
  return { ref, method, path, body: { allOrNone: false, records } };
}

/** What became of the rows, by `<ref> <name>`. */
export function toOutcomes(
  collections: readonly Collection[],
  results: ReadonlyMap<string, StepResult>,
): ReadonlyMap<string, RowOutcome> {
  const outcomes = new Map<string, RowOutcome>();
  for (const collection of collections) {
    const answers = toRowResults(results.get(collection.ref));
    [...collection.rows.keys()].forEach((name, index) =>
      outcomes.set(`${collection.ref} ${name}`, toRowOutcome(answers[index], name, collection)),
    );
  }
  return outcomes;
}

/** Writes all rows, however many, in as few calls as that takes. What became of them, by `<ref> <name>`. */
export async function writeChunks(
  session: Session,
  collections: readonly Collection[],
  { urgency, signal }: { readonly urgency: Urgency; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, RowOutcome>> {
  const chunks = collections.flatMap(toChunks);
  const outcomes = new Map<string, RowOutcome>();
  for (let start = 0; start < chunks.length; start += MOST_COLLECTIONS) {
    // A name may stand in several chunks of one call: each has a place of its own.
    const some = chunks.slice(start, start + MOST_COLLECTIONS);
    const steps = some.map((chunk, index) => ({ ...toStep(chunk), ref: `${chunk.ref}${index}` }));
    const results = await session.composite(steps, signal, urgency);
    for (const [index, chunk] of some.entries()) {
      const result = results.get(`${chunk.ref}${index}`);
      const found = toOutcomes([chunk], result === undefined ? new Map() : new Map([[chunk.ref, result]]));
      for (const [name, outcome] of found) outcomes.set(name, outcome);
    }
  }
  return outcomes;
}

/**
 * Writes what has to stand: one call where there is any row. Throws `Unavailable` where a row is locked, and `Declined` where
 * the org refuses one.
 */
export async function writeAll(
  session: Session,
  collections: readonly Collection[],
  call: { readonly urgency: Urgency; readonly signal: AbortSignal },
): Promise<void> {
  requireAll((await writeChunks(session, collections, call)).values());
}

/** Throws as `writeAll` does. */
export function requireAll(outcomes: Iterable<RowOutcome>): void {
  for (const outcome of outcomes) {
    if (outcome === "again") throw new Unavailable("Salesforce holds a lock on a row that we have to write");
    if (outcome !== undefined) throw new Declined(outcome);
  }
}

function toChunks(collection: Collection): readonly Collection[] {
  const rows = [...collection.rows];
  const starts = Array.from({ length: Math.ceil(rows.length / MOST_ROWS) }, (_, index) => index * MOST_ROWS);
  return starts.map((start) => ({ ...collection, rows: new Map(rows.slice(start, start + MOST_ROWS)) }));
}
