import type { IsoTime, Key } from "../../model/glossary.ts";
import { Unavailable } from "../../errors.ts";
import type { Session, Step } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { toRowOutcome } from "./outcome.ts";
import type { NewRow } from "./post-row.ts";
import { children, required, text, toRowResults, toRows, type Row } from "./rows.ts";
import { isIn, queryPath } from "./soql.ts";

const ERASED = "Deleted by its author";

/**
 * The text of these posts goes: from the post's row, from a Case that it opened (subject and description are its words)
 * and from its Task. What the CRM never had stays unmade. Two calls, the second only where there is something.
 */
export async function erase(
  session: Session,
  f: Fields,
  posts: readonly { readonly key: Key; readonly at: IsoTime }[],
  signal: AbortSignal,
): Promise<void> {
  if (posts.length === 0) return;
  const keys = posts.map(({ key }) => key);
  const { post } = f;
  const found = await session.composite(
    [
      {
        ref: "posts",
        method: "GET",
        path: queryPath(`SELECT Id, ${post.key}, ${post.case.id} FROM ${post.object} WHERE ${isIn(post.key, keys)}`),
      },
      { ref: "tasks", method: "GET", path: queryPath(`SELECT Id FROM Task WHERE ${isIn(f.task.postKey, keys)}`) },
      { ref: "cases", method: "GET", path: queryPath(toOpeningQuery(f, keys)) },
    ],
    signal,
  );
  const postRows = await toRows(session, found.get("posts"), signal);
  const taskRows = await toRows(session, found.get("tasks"), signal);
  const caseRows = await toRows(session, found.get("cases"), signal);
  const at = new Map(posts.map((gone) => [gone.key, gone.at]));
  const steps = [
    toStep(
      "posts",
      post.object,
      postRows.map((row) => toTombstone(f, row, at)),
    ),
    toStep(
      "tasks",
      "Task",
      taskRows.map((row) => ({ Id: required(row, "Id"), Subject: ERASED, Description: null })),
    ),
    toStep(
      "cases",
      "Case",
      caseRows
        .filter((row) => isOpenedBy(f, row, keys))
        .map((row) => ({ Id: required(row, "Id"), Subject: ERASED, Description: null })),
    ),
  ].flat();
  if (steps.length === 0) return;
  const results = await session.composite(steps, signal);
  for (const { ref } of steps) {
    for (const result of toRowResults(results.get(ref))) {
      const outcome = toRowOutcome(result, ({ statusCode }) => statusCode === "ENTITY_IS_DELETED");
      if (outcome === "again") throw new Unavailable("Salesforce holds a lock on a row that is to be erased");
      if (outcome !== undefined) throw new Error(outcome.detail);
    }
  }
}

/** The Cases these posts stand on, each with its first inbound post. */
function toOpeningQuery({ post, case: fields }: Fields, keys: readonly Key[]): string {
  const posts = `SELECT ${post.case.id} FROM ${post.object} WHERE ${isIn(post.key, keys)}`;
  const first = `(SELECT ${post.key} FROM ${post.posts} WHERE ${post.direction} = 'Inbound' ORDER BY ${post.postedAt}, CreatedDate LIMIT 1)`;
  return `SELECT Id, ${first} FROM Case WHERE ${fields.key} != null AND Id IN (${posts})`;
}

function isOpenedBy({ post }: Fields, row: Row, keys: readonly Key[]): boolean {
  const first = children(row, post.posts)[0];
  return keys.includes(text(first, post.key) ?? "");
}

function toTombstone({ post }: Fields, row: Row, at: ReadonlyMap<Key, IsoTime>): NewRow {
  return {
    Id: required(row, "Id"),
    [post.text]: null,
    [post.privateText]: null,
    [post.excerpt]: null,
    [post.media]: null,
    [post.deletedAt]: at.get(required(row, post.key)) ?? null,
  };
}

function toStep(ref: string, type: string, rows: readonly NewRow[]): readonly Step[] {
  if (rows.length === 0) return [];
  const records = rows.map((row) => ({ attributes: { type }, ...row }));
  return [{ ref, method: "PATCH", path: "composite/sobjects", body: { allOrNone: false, records } }];
}
