import { Unavailable } from "../../errors.ts";
import type { Rejection } from "../../model/glossary.ts";
import type { Claimed, Reply, RouteKind } from "../../model/reply.ts";
import { COLLECTION, toOutcomes, toStep, type Collection } from "./collection.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import type { RowError } from "./outcome.ts";
import { toFitting, type NewRow } from "./post-row.ts";
import { isOvertaken, isReplyGone, LONGEST_DETAIL } from "./reply-row.ts";
import { number, parent, required, text, toRows, type Row } from "./rows.ts";
import { isIn, queryPath } from "./soql.ts";

/**
 * Moves these replies to Sending and reads them as they stand: one call. What is no longer Queued, what another attempt
 * holds, and what somebody deleted is left out. What a rule of the org refuses for another reason is made Failed with the
 * rule's own words, since nobody would come back to it; a lock is waited for.
 */
export async function claim(
  session: Session,
  f: Fields,
  replies: readonly Reply[],
  signal: AbortSignal,
): Promise<readonly Claimed[]> {
  if (replies.length === 0) return [];
  const claims = toCollection(f, "claim", new Map(replies.map((reply) => [reply.row, toClaimRow(f, reply)])));
  const results = await session.composite(
    [toStep(claims), { ref: "rows", method: "GET", path: queryPath(toQuery(f, replies)) }],
    signal,
  );
  const outcomes = toOutcomes([claims], results);
  if ([...outcomes.values()].includes("again")) throw new Unavailable("Salesforce holds a lock on a reply's row");
  const rows = new Map((await toRows(session, results.get("rows"), signal)).map((row) => [required(row, "Id"), row]));
  const refused = replies.flatMap((reply): [string, NewRow][] => {
    const outcome = outcomes.get(`claim ${reply.row}`);
    return outcome === undefined || outcome === "again" ? [] : [[reply.row, toFailedRow(f, reply, outcome)]];
  });
  await fail(session, toCollection(f, "fail", new Map(refused)), signal);
  return replies.flatMap((reply) => toClaimed(f, reply, rows.get(reply.row)) ?? []);
}

function toCollection(f: Fields, ref: string, rows: ReadonlyMap<string, NewRow>): Collection {
  const isDone = (error: RowError): boolean => isReplyGone(error) || isOvertaken(f, error);
  return { ref, method: "PATCH", path: COLLECTION, type: f.reply.object, rows, isDone };
}

async function fail(session: Session, failures: Collection, signal: AbortSignal): Promise<void> {
  if (failures.rows.size === 0) return;
  const outcomes = toOutcomes([failures], await session.composite([toStep(failures)], signal));
  for (const outcome of outcomes.values()) {
    if (outcome === "again") throw new Unavailable("Salesforce holds a lock on a reply's row");
    if (outcome !== undefined) throw new Error(outcome.detail);
  }
}

function toFailedRow({ reply: r }: Fields, { row, attempt }: Reply, { detail }: Rejection): NewRow {
  return {
    Id: row,
    [r.status]: "Failed",
    [r.attempt]: attempt,
    [r.decision]: null,
    [r.statusDetail]: toFitting(detail, LONGEST_DETAIL),
  };
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
