import type { Key } from "../../model/glossary.ts";
import type { Place } from "../crm.ts";
import { toCaseHistoryPlaces, toCaseHistoryQuery } from "./case-history.ts";
import type { Session } from "./connect.ts";
import { quotes } from "./erasures.ts";
import type { Fields } from "./fields.ts";
import { readPlaces, toCaseWordColumns, toWords, UNSENT } from "./places.ts";
import { number, required, text, toRows, type Row } from "./rows.ts";
import { isIn, queryPath } from "./soql.ts";
import { TASK_SUBJECT } from "./task-row.ts";

/**
 * Every place that holds this post's words, or held them: rows that were deleted but still lie in the recycle bin, and
 * archived Tasks, too, and what the org's field history keeps. One call, a second one where there is a Case.
 */
export async function inspect(session: Session, f: Fields, post: Key, signal: AbortSignal): Promise<readonly Place[]> {
  const { reply: r } = f;
  const places = await readPlaces(session, f, [post], { urgency: "later", signal, binned: true });
  const words = places.posts.flatMap((row) => toWords(f, row) ?? []);
  const isQuoting = (row: Row, ...fields: readonly string[]) =>
    fields.some((field) => quotes(text(row, field), words, false));
  const published = places.replies.filter((row) => text(row, r.sentPostKey) === post);
  const answers = places.replies.filter((row) => !published.includes(row));
  const unsent = [...new Map([...answers, ...places.beside].map((row) => [required(row, "Id"), row])).values()];
  const beside = await readCases(session, f, places, signal);
  const cases = [...places.cases, ...beside.others];
  return [
    ...places.posts.map((row) =>
      toPlace(f.post.object, row, toWords(f, row) ?? text(row, f.post.media), "The post itself."),
    ),
    ...cases.map((row) =>
      text(row, f.case.openingPost) === post
        ? toPlace(
            "Case",
            row,
            text(row, f.case.openingSubject),
            "Subject and description: the Case was opened with it.",
          )
        : toPlace("Case", row, quotes(toText(row), words) || undefined, "The Case that it stands on."),
    ),
    ...toCaseHistoryPlaces(beside.history, words),
    ...places.tasks.map((row) => toPlace("Task", row, isTelling(f, row, words) || undefined, "The activity about it.")),
    ...published.map((row) =>
      toPlace(
        r.object,
        row,
        text(row, r.text) ?? text(row, r.privateText) ?? text(row, r.sentText),
        "Our reply, published as it.",
      ),
    ),
    ...unsent
      .filter((row) => UNSENT.includes(text(row, r.status) ?? "") || isQuoting(row, r.text, r.privateText))
      .map((row) => toPlace(r.object, row, isQuoting(row, r.text, r.privateText) || undefined, toReplyDetail(f, row))),
  ];
}

function toPlace(object: string, row: Row, held: unknown, detail: string): Place {
  const isBinned = row["IsDeleted"] === true;
  const bin = isBinned ? " It lies in the recycle bin, where nobody can change it: empty the bin in the org." : "";
  return {
    where: `${object} ${required(row, "Id")}`,
    holds: held === undefined ? "nothing" : "words",
    detail: `${detail}${bin}`,
  };
}

function toReplyDetail(f: Fields, row: Row): string {
  const status = text(row, f.reply.status) ?? "";
  return UNSENT.includes(status)
    ? `A reply beside it (${status}).`
    : `A reply of ours that quotes it (${status}): it is the network's by now, and stays.`;
}

/** The other Cases that the post stands on, and what the org's history knows of all its Cases. */
async function readCases(
  session: Session,
  f: Fields,
  { posts, cases }: { readonly posts: readonly Row[]; readonly cases: readonly Row[] },
  signal: AbortSignal,
): Promise<{ readonly others: readonly Row[]; readonly history: readonly Row[] }> {
  const known = cases.map((row) => required(row, "Id"));
  const others = posts.flatMap((row) => text(row, f.post.case.id) ?? []).filter((id) => !known.includes(id));
  if (known.length + others.length === 0) return { others: [], history: [] };
  const columns = ["Id", "IsDeleted", ...toCaseWordColumns(f)].join(", ");
  const read = (ref: string, path: string) => ({ ref, method: "GET", path }) as const;
  const steps = [
    read("others", queryPath(`SELECT ${columns} FROM Case WHERE ${isIn("Id", others)}`, "queryAll")),
    read("history", queryPath(toCaseHistoryQuery(f, [...known, ...others]))),
  ];
  const results = await session.composite(steps, signal, "later");
  return {
    others: await toRows(session, results.get("others"), signal),
    history: await toRows(session, results.get("history"), signal),
  };
}

function toText(row: Row): string {
  return `${text(row, "Subject") ?? ""}\n${text(row, "Description") ?? ""}`;
}

/** In doubt it does: where nobody knows the words any more, and we have not erased it. */
function isTelling(f: Fields, row: Row, words: readonly string[]): boolean {
  if (text(row, "Subject")?.startsWith(TASK_SUBJECT) === true) return true;
  if (words.length > 0) return quotes(toText(row), words);
  return number(row, f.task.excerptLength) !== undefined && text(row, "Description") !== undefined;
}
