import type { Key } from "../../model/glossary.ts";
import type { Session, Step, StepResult } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { toReplyColumns, toStandingQuery, UNSENT } from "./places.ts";
import { toRows, type Row } from "./rows.ts";
import { isIn, queryPath } from "./soql.ts";

/**
 * What people write to these posts, or beside on their Cases, and have not sent. Asked at the end of the call that writes the
 * posts' own rows, it tells what came to be since the look that began: from then on nobody reads the words there.
 */
export function toUnsentSteps(f: Fields, posts: readonly Key[]): readonly Step[] {
  const { reply, post } = f;
  const unsent = `SELECT ${["Id", ...toReplyColumns(f)].join(", ")} FROM ${reply.object} WHERE ${isIn(reply.status, UNSENT)}`;
  return Object.entries({
    unsent: `${unsent} AND ${isIn(`${reply.post.row}.${post.key}`, posts)}`,
    unsentBeside: `${unsent} AND ${reply.case.id} IN (${toStandingQuery(f, posts)})`,
  }).map(([ref, soql]): Step => ({ ref, method: "GET", path: queryPath(soql) }));
}

/** The rows that these steps found; one may come twice. */
export async function readUnsent(
  session: Session,
  steps: readonly Step[],
  { results, signal }: { readonly results: ReadonlyMap<string, StepResult>; readonly signal: AbortSignal },
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { ref } of steps) rows.push(...(await toRows(session, results.get(ref), signal)));
  return rows;
}
