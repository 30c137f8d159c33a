import type { Words } from "../../model/prints.ts";
import { toUnseen } from "./case-words.ts";
import { CUT, ERASED } from "./erased.ts";
import type { Fields } from "./fields.ts";
import type { NewRow } from "./post-row.ts";
import { withoutQuotation } from "./quotation.ts";
import { LONGEST_DETAIL } from "./reply-row.ts";
import { number, required, text, type Row } from "./rows.ts";
import { TASK_SUBJECT } from "./task-row.ts";

// What becomes of each kind of row when a post's words go; undefined: nothing of them is there. `isCareful`: a rule of ours
// refused to have a whole field emptied, since somebody wrote there meanwhile.

export function toErasedPost(f: Fields, row: Row, at: string): NewRow | undefined {
  const { post } = f;
  const words = [post.text, post.privateText, post.excerpt, post.media];
  const isTombstone = text(row, post.deletedAt) !== undefined && words.every((field) => text(row, field) === undefined);
  if (isTombstone) return undefined;
  const emptied = Object.fromEntries(words.map((field) => [field, null]));
  return { Id: required(row, "Id"), ...emptied, [post.deletedAt]: text(row, post.deletedAt) ?? at };
}

/** What people write there from now on is theirs, however often we erase: the Case forgets what opened it. */
export function toErasedCase(f: Fields, row: Row, words: readonly string[], isCareful: boolean): NewRow {
  const { openingPost, openingSubject, openingLength } = f.case;
  const [subject, description] = [text(row, "Subject"), text(row, "Description")];
  const [called, length] = [text(row, openingSubject), number(row, openingLength)];
  const known = [...words, ...(called === undefined ? [] : [called])];
  const isOursToEmpty = description?.length === length;
  return {
    Id: required(row, "Id"),
    [openingPost]: null,
    [openingSubject]: null,
    [openingLength]: null,
    ...toUnseen(f),
    ...change("Subject", subject, subject === called ? (isCareful ? CUT : ERASED) : without(subject, known)),
    ...toDescription(f.case.seenLength, description, isOursToEmpty && !isCareful ? null : without(description, known)),
  };
}

export function toErasedTask(f: Fields, row: Row, words: readonly string[], isCareful: boolean): NewRow | undefined {
  const [subject, description] = [text(row, "Subject"), text(row, "Description")];
  const length = number(row, f.task.excerptLength);
  const isSubjectOurs = subject?.startsWith(TASK_SUBJECT) === true;
  if (length === undefined && !isSubjectOurs) return undefined;
  const isOursToEmpty = length === undefined || description?.length === length;
  return {
    Id: required(row, "Id"),
    [f.task.excerptLength]: null,
    [f.task.seenLength]: null,
    ...change("Subject", subject, isSubjectOurs ? (isCareful ? CUT : ERASED) : without(subject, words)),
    ...toDescription(f.task.seenLength, description, isOursToEmpty && !isCareful ? null : without(description, words)),
  };
}

/** A rule refuses what is left of a text if that is not the text any more that we read. */
function toDescription(seenLength: string, before: string | undefined, after: string | null | undefined): NewRow {
  const changed = change("Description", before, after);
  return typeof changed["Description"] === "string" ? { ...changed, [seenLength]: before?.length } : changed;
}

/** Our own words, of which the published post was deleted. */
export function toPublishedReply({ reply: r }: Fields, row: Row): NewRow | undefined {
  const held = [r.text, r.privateText, r.sentText].filter((field) => text(row, field) !== undefined);
  if (held.length === 0) return undefined;
  return { Id: required(row, "Id"), ...Object.fromEntries(held.map((field) => [field, null])) };
}

const QUOTES_DELETED =
  "This answer quoted a post that its author has deleted meanwhile, and was emptied. Write a new one if it is still needed.";

/** An unsent reply that quotes one of the posts. */
export function toErasedReply(f: Fields, row: Row, words: readonly Words[]): NewRow | undefined {
  return toCutReply(
    f,
    row,
    (written) => (words.length === 0 ? written : without(written, words, false)),
    QUOTES_DELETED,
  );
}

/** Out of a draft passages are cut; one that failed loses its text, and tells why. undefined: there is nothing to cut. */
export function toCutReply(
  { reply: r }: Fields,
  row: Row,
  cut: (written: string) => string | undefined,
  detail: string,
): NewRow | undefined {
  const field = text(row, r.text) === undefined ? r.privateText : r.text;
  const written = text(row, field);
  const left = written === undefined ? undefined : cut(written);
  if (written === undefined || left === undefined || left === written) return undefined;
  const id = required(row, "Id");
  if (text(row, r.status) === "Failed")
    return { Id: id, [field]: null, [r.statusDetail]: detail.slice(0, LONGEST_DETAIL) };
  return { Id: id, [field]: left, [r.seenLength]: written.length };
}

export function quotes(written: string | undefined, words: readonly string[], closely = true): boolean {
  return written !== undefined && words.some((one) => withoutQuotation(written, one, closely) !== undefined);
}

/** Where nobody knows the words any more, all of it goes. */
function without(written: string | undefined, words: readonly Words[], closely = true): string | undefined {
  if (written === undefined || words.length === 0) return written === undefined ? undefined : CUT;
  return words.reduce((left: string, one) => withoutQuotation(left, one, closely) ?? left, written);
}

function change(field: string, before: string | undefined, after: string | null | undefined): NewRow {
  return after === undefined || (after ?? undefined) === before ? {} : { [field]: after };
}
