import type { Session, Step } from "../connect.ts";
import type { Fields } from "../fields.ts";
import { toRows, type Row } from "../rows.ts";
import type { SaidBefore } from "../said-before.ts";
import { MOST_QUERIES, queryPath } from "../soql.ts";

export interface FollowOptions {
  readonly session: Session;
  readonly fields: Fields;
  readonly saidBefore: SaidBefore;
}

/** The rows of these queries, by their names; as many calls as that takes. */
export async function readAll<Name extends string>(
  { session }: FollowOptions,
  queries: Readonly<Record<Name, string>>,
  signal: AbortSignal,
): Promise<Readonly<Record<Name, readonly Row[]>>> {
  const steps = Object.entries<string>(queries).map(([ref, soql]): Step => ({
    ref,
    method: "GET",
    path: queryPath(soql),
  }));
  const rows: Record<string, readonly Row[]> = {};
  for (let start = 0; start < steps.length; start += MOST_QUERIES) {
    const some = steps.slice(start, start + MOST_QUERIES);
    const results = await session.composite(some, signal, "urgent");
    for (const { ref } of some) rows[ref] = await toRows(session, results.get(ref), signal);
  }
  return rows as Record<Name, readonly Row[]>;
}
