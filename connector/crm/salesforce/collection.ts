import { Unavailable } from "../../errors.ts";
import type { Session, Step, StepResult } from "./connect.ts";
import { toRowOutcome, type RowError, type RowOutcome } from "./outcome.ts";
import type { NewRow } from "./post-row.ts";
import { toRowResults } from "./rows.ts";

/** One collection call of a composite: its rows, each under the name that others know it by. */
export interface Collection {
  readonly ref: string;
  readonly method: "POST" | "PATCH";
  readonly path: string;
  readonly type: string;
  readonly rows: ReadonlyMap<string, NewRow>;
  /** What, refused, still means that the row stands as it should. */
  readonly isDone: (error: RowError) => boolean;
}

/** The path that inserts rows or updates them by Id, several at a time. */
export const COLLECTION = "composite/sobjects";

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
  for (const { ref, rows, isDone } of collections) {
    const answers = toRowResults(results.get(ref));
    [...rows.keys()].forEach((name, index) => outcomes.set(`${ref} ${name}`, toRowOutcome(answers[index], isDone)));
  }
  return outcomes;
}

/**
 * Writes what has to stand: one call where there is any row. Throws `Unavailable` where a row is locked, and what the org says
 * where it refuses one.
 */
export async function writeAll(
  session: Session,
  collections: readonly Collection[],
  signal: AbortSignal,
): Promise<void> {
  const writes = collections.filter(({ rows }) => rows.size > 0);
  if (writes.length === 0) return;
  const outcomes = toOutcomes(writes, await session.composite(writes.map(toStep), signal));
  for (const outcome of outcomes.values()) {
    if (outcome === "again") throw new Unavailable("Salesforce holds a lock on a row that we have to write");
    if (outcome !== undefined) throw new Error(outcome.detail);
  }
}
