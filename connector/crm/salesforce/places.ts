import type { Key } from "../../model/glossary.ts";
import type { Urgency } from "../budget.ts";
import type { Session, Step } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { toInert } from "./inert.ts";
import { parent, text, toRows, type Row } from "./rows.ts";
import { isIn } from "./soql.ts";

/** The rows that hold, or may hold, the words of some posts. */
export interface Places {
  readonly posts: readonly Row[];
  readonly tasks: readonly Row[];
  /** Those that the posts opened. */
  readonly cases: readonly Row[];
  /** Answers to the posts, and replies that were published as one of them. */
  readonly replies: readonly Row[];
  /** What is being written beside, on the posts' Cases. */
  readonly beside: readonly Row[];
}

/** Statuses of replies that have not left, and will not without a person. */
export const UNSENT: readonly string[] = ["Draft", "Pending approval", "Failed"];

export interface Look {
  readonly urgency: Urgency;
  readonly signal: AbortSignal;
  /** Rows of the recycle bin, too. */
  readonly binned?: true;
}

/** Looks for them; one call. At most a hundred posts, or the queries grow too long. Archived Tasks are found, too. */
export async function readPlaces(
  session: Session,
  f: Fields,
  keys: readonly Key[],
  { urgency, signal, binned }: Look,
): Promise<Places> {
  // The org compares these texts without regard to capitals; two posts' keys may differ in nothing else.
  const wanted = new Set(keys.map(toInert));
  const queries = toQueries(f, [...wanted]);
  const steps = Object.entries(queries).map(([ref, soql]): Step => {
    const resource = binned === true || ref === "tasks" ? "queryAll" : "query";
    return { ref, method: "GET", path: `${resource}?q=${encodeURIComponent(soql)}` };
  });
  const results = await session.composite(steps, signal, urgency);
  const rows = async (ref: keyof typeof queries): Promise<readonly Row[]> => {
    const found = await toRows(session, results.get(ref), signal);
    return binned === true ? found : found.filter((row) => row["IsDeleted"] !== true);
  };
  const isWanted = (key: string | undefined): boolean => wanted.has(key ?? "");
  const replies = await rows("replies");
  return {
    posts: (await rows("posts")).filter((row) => isWanted(text(row, f.post.key))),
    tasks: (await rows("tasks")).filter((row) => isWanted(text(row, f.task.postKey))),
    cases: (await rows("cases")).filter((row) => isWanted(text(row, f.case.openingPost))),
    replies: replies.filter((row) => isWanted(text(row, f.reply.sentPostKey)) || isWanted(toAnswered(f, row))),
    beside: await rows("beside"),
  };
}

/** The key of the post that a reply answers. */
export function toAnswered(f: Fields, reply: Row): Key | undefined {
  return text(parent(reply, f.reply.post.row), f.post.key);
}

function toQueries(f: Fields, keys: readonly Key[]) {
  const { post, task, reply } = f;
  const select = (...columns: readonly string[]) => `SELECT ${["Id", "IsDeleted", ...columns].join(", ")}`;
  const words = [post.text, post.privateText, post.excerpt, post.media];
  const replyColumns = toReplyColumns(f);
  return {
    posts: `${select(post.key, post.version, post.visibility, post.deletedAt, post.case.id, ...words)} FROM ${post.object} WHERE ${isIn(post.key, keys)}`,
    tasks: `${select("Subject", "Description", task.postKey, task.version, task.excerptLength)} FROM Task WHERE ${isIn(task.postKey, keys)}`,
    cases: `${select(...toCaseWordColumns(f))} FROM Case WHERE ${isIn(f.case.openingPost, keys)}`,
    replies:
      `${select(...replyColumns)} FROM ${reply.object}` +
      ` WHERE ${isIn(`${reply.post.row}.${post.key}`, keys)} OR ${isIn(reply.sentPostKey, keys)}`,
    beside:
      `${select(...replyColumns)} FROM ${reply.object}` +
      ` WHERE ${isIn(reply.status, UNSENT)} AND ${reply.case.id} IN (${toStandingQuery(f, keys)})`,
  };
}

export function toReplyColumns({ reply, post }: Fields): readonly string[] {
  const words = [reply.text, reply.privateText, reply.sentText];
  return [reply.status, reply.sentPostKey, ...words, `${reply.post.row}.${post.key}`, reply.case.id];
}

/** The Cases that these posts stand on, as the inner part of a query. */
export function toStandingQuery({ post }: Fields, keys: readonly Key[]): string {
  return `SELECT ${post.case.id} FROM ${post.object} WHERE ${isIn(post.key, keys)} AND ${post.case.id} != null`;
}

export function toCaseWordColumns(f: Fields): readonly string[] {
  const { openingPost, openingVersion, openingSubject, openingLength } = f.case;
  return ["Subject", "Description", openingPost, openingVersion, openingSubject, openingLength];
}

/** The words of a post as its row has them; undefined: the row has none. */
export function toWords(f: Fields, row: Row | undefined): string | undefined {
  return text(row, f.post.text) ?? text(row, f.post.privateText) ?? text(row, f.post.excerpt);
}
