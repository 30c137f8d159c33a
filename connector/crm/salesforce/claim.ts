import type { Claimed, Reply, RouteKind } from "../../model/reply.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import type { NewRow } from "./post-row.ts";
import { number, parent, required, text, toRowResults, toRows, type Row } from "./rows.ts";
import { isIn, queryPath } from "./soql.ts";

/**
 * Moves these replies to Sending and reads them as they stand: one call. A row that is no longer Queued is refused by the
 * org's own rules; what another attempt holds, or what somebody deleted, is left out.
 */
export async function claim(
  session: Session,
  f: Fields,
  replies: readonly Reply[],
  signal: AbortSignal,
): Promise<readonly Claimed[]> {
  if (replies.length === 0) return [];
  const records = replies.map((reply) => ({ attributes: { type: f.reply.object }, ...toClaimRow(f, reply) }));
  const results = await session.composite(
    [
      { ref: "claim", method: "PATCH", path: "composite/sobjects", body: { allOrNone: false, records } },
      { ref: "rows", method: "GET", path: queryPath(toQuery(f, replies)) },
    ],
    signal,
  );
  toRowResults(results.get("claim"));
  const rows = new Map((await toRows(session, results.get("rows"), signal)).map((row) => [required(row, "Id"), row]));
  return replies.flatMap((reply) => toClaimed(f, reply, rows.get(reply.row)) ?? []);
}

function toClaimRow({ reply: r }: Fields, { row, order, attempt }: Reply): NewRow {
  const anew = order === "retry" || order === "send-again";
  if (order === "was-sent") return { Id: row, [r.decision]: null };
  return {
    Id: row,
    [r.status]: "Sending",
    [r.attempt]: attempt,
    ...(anew ? { [r.decision]: null, [r.statusDetail]: null } : {}),
  };
}

function toQuery(f: Fields, replies: readonly Reply[]): string {
  const { reply: r, post, persona } = f;
  const author = [persona.key, persona.handle].map((field) => `${r.post.row}.${post.persona.row}.${field}`);
  const answered = [post.key, post.conversation, post.visibility].map((field) => `${r.post.row}.${field}`);
  const columns = ["Id", r.status, r.attempt, r.text, r.privateText, r.route, ...answered, ...author];
  return `SELECT ${columns.join(", ")} FROM ${r.object} WHERE ${isIn(
    "Id",
    replies.map(({ row }) => row),
  )}`;
}

function toClaimed(f: Fields, reply: Reply, row: Row | undefined): Claimed | undefined {
  const { reply: r, post, persona } = f;
  const expected = reply.order === "was-sent" ? "Checking" : "Sending";
  if (row === undefined || text(row, r.status) !== expected || (number(row, r.attempt) ?? 1) !== reply.attempt)
    return undefined;
  const answered = parent(row, r.post.row);
  const author = parent(answered, post.persona.row);
  return {
    ...reply,
    route: toRoute(text(row, r.route)),
    text: text(row, r.text) ?? text(row, r.privateText) ?? "",
    answered:
      answered === undefined
        ? undefined
        : {
            key: required(answered, post.key),
            conversation: text(answered, post.conversation),
            visibility: text(answered, post.visibility) === "private" ? "private" : "public",
            authorHandle: text(author, persona.handle) ?? "",
            authorKey: text(author, persona.key) ?? "",
          },
  };
}

/** What is not plainly public is treated as private: a wrong guess must not publish. */
function toRoute(value: string | undefined): RouteKind {
  return value === "Public reply" || value === "Broadcast" ? value : "Private message";
}
