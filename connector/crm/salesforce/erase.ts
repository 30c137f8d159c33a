import type { IsoTime, Key } from "../../model/glossary.ts";
import { COLLECTION, writeAll, type Collection } from "./collection.ts";
import type { Session, Step } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { toInert } from "./inert.ts";
import type { NewRow } from "./post-row.ts";
import { required, text, toRows, type Row } from "./rows.ts";
import { isIn, queryPath } from "./soql.ts";

const ERASED = "Deleted by its author";

/**
 * The text of these posts goes: from the post's row, from the Case that was opened with it (subject and description are its
 * words, and go even where a person wrote a subject over them) and from its Task. What the CRM never had stays unmade. Two
 * calls, the second only where there is something.
 */
export async function erase(
  session: Session,
  f: Fields,
  posts: readonly { readonly key: Key; readonly at: IsoTime }[],
  signal: AbortSignal,
): Promise<void> {
  if (posts.length === 0) return;
  const { post, task } = f;
  // The org compares these texts without regard to capitals; two posts' keys may differ in nothing else.
  const at = new Map(posts.map((gone) => [toInert(gone.key), gone.at]));
  const queries = {
    posts: `SELECT Id, ${post.key} FROM ${post.object} WHERE ${isIn(post.key, at.keys())}`,
    tasks: `SELECT Id, ${task.postKey} FROM Task WHERE ${isIn(task.postKey, at.keys())}`,
    cases: `SELECT Id, ${f.case.openingPost} FROM Case WHERE ${isIn(f.case.openingPost, at.keys())}`,
  } as const;
  const steps = Object.entries(queries).map(([ref, soql]): Step => ({ ref, method: "GET", path: queryPath(soql) }));
  const found = await session.composite(steps, signal);
  const rows = async (ref: keyof typeof queries, key: string): Promise<Row[]> =>
    (await toRows(session, found.get(ref), signal)).filter((row) => at.has(text(row, key) ?? ""));

  const erased = { Subject: ERASED, Description: null };
  await writeAll(
    session,
    [
      toUpdates("posts", post.object, await rows("posts", post.key), (row) => ({
        [post.text]: null,
        [post.privateText]: null,
        [post.excerpt]: null,
        [post.media]: null,
        [post.deletedAt]: at.get(required(row, post.key)),
      })),
      toUpdates("tasks", "Task", await rows("tasks", task.postKey), () => erased),
      // Done with: what people write there from now on is theirs, however often we erase.
      toUpdates("cases", "Case", await rows("cases", f.case.openingPost), () => ({
        ...erased,
        [f.case.openingPost]: null,
      })),
    ],
    signal,
  );
}

function toUpdates(ref: string, type: string, rows: readonly Row[], change: (row: Row) => NewRow): Collection {
  return {
    ref,
    method: "PATCH",
    path: COLLECTION,
    type,
    rows: new Map(rows.map((row) => [required(row, "Id"), { Id: required(row, "Id"), ...change(row) }])),
    isDone: ({ statusCode }) => statusCode === "ENTITY_IS_DELETED",
  };
}
