import { Unavailable } from "../../errors.ts";
import type { Claimed, Reply, RouteKind } from "../../model/reply.ts";
import { COLLECTION, toOutcomes, toStep, type Collection } from "./collection.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { fromLines } from "./lines.ts";
import type { NewRow } from "./post-row.ts";
import { isOvertaken, isReplyGone } from "./reply-row.ts";
import { number, parent, required, text, toRows, type Row } from "./rows.ts";
import { isIn, queryPath } from "./soql.ts";

/**
 * Moves these replies to Sending and reads them as they stand: one call. What is no longer Queued, what another attempt
 * holds, and what somebody deleted is left out. What a rule of the org refuses for another reason comes with the rule's
 * own words; a lock is waited for.
 */
export async function claim(
  session: Session,
  f: Fields,
  replies: readonly Reply[],
  signal: AbortSignal,
): Promise<readonly Claimed[]> {
  if (replies.length === 0) return [];
  const claims: Collection = {
    ref: "claim",
    method: "PATCH",
    path: COLLECTION,
    type: f.reply.object,
    rows: new Map(replies.map((reply) => [reply.row, toClaimRow(f, reply)])),
    isDone: (error) => isReplyGone(error) || isOvertaken(f, error),
  };
  const results = await session.composite(
    [toStep(claims), { ref: "rows", method: "GET", path: queryPath(toQuery(f, replies)) }],
    signal,
    "reply",
  );
  const outcomes = toOutcomes([claims], results);
  if ([...outcomes.values()].includes("again")) throw new Unavailable("Salesforce holds a lock on a reply's row");
  const rows = new Map((await toRows(session, results.get("rows"), signal)).map((row) => [required(row, "Id"), row]));
  return replies.flatMap((reply) => {
    const outcome = outcomes.get(`claim ${reply.row}`);
    const refusal = outcome === "again" ? undefined : outcome?.detail;
    return toClaimed(f, reply, rows.get(reply.row), refusal) ?? [];
  });
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
  const columns = ["Id", r.status, r.attempt, r.decision, r.text, r.privateText, r.route, ...answered, ...author];
  return `SELECT ${columns.join(", ")} FROM ${r.object} WHERE ${isIn(
    "Id",
    replies.map(({ row }) => row),
  )}`;
}

function toClaimed(f: Fields, reply: Reply, row: Row | undefined, refusal: string | undefined): Claimed | undefined {
  const { reply: r, post, persona } = f;
  if (row === undefined || !(refusal === undefined ? isOurs(f, reply, row) : isStillAsked(f, reply, row)))
    return undefined;
  const answered = parent(row, r.post.row);
  const author = parent(answered, post.persona.row);
  const mayBeOut = text(row, r.status) === "Sending";
  return {
    ...reply,
    route: toRoute(text(row, r.route)),
    text: fromLines(text(row, r.text) ?? text(row, r.privateText) ?? ""),
    ...(refusal === undefined ? {} : { refused: { detail: refusal, mayBeOut } }),
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

/** Sending by this very attempt; hanging, where a person says that it was sent. */
function isOurs({ reply: r }: Fields, { order, attempt }: Reply, row: Row): boolean {
  const expected = order === "was-sent" ? "Checking" : "Sending";
  return text(row, r.status) === expected && (number(row, r.attempt) ?? 1) === attempt;
}

/** Refused, it stands as it did: is it what we were asked about? */
function isStillAsked(f: Fields, reply: Reply, row: Row): boolean {
  const { reply: r } = f;
  if (isOurs(f, reply, row)) return true;
  if (reply.order === "send") return text(row, r.status) === "Queued";
  return text(row, r.decision) !== undefined && (number(row, r.attempt) ?? 1) === reply.attempt - 1;
}

/** What is not plainly public is treated as private: a wrong guess must not publish. */
function toRoute(value: string | undefined): RouteKind {
  return value === "Public reply" || value === "Broadcast" ? value : "Private message";
}
