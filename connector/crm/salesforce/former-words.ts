import type { Draft } from "../../model/draft.ts";
import type { Said, Words } from "../../model/prints.ts";
import { toCalled, toDescription, toSubject, toUnseen } from "./case-words.ts";
import { CHANGED } from "./erased.ts";
import { toCutReply } from "./erasures.ts";
import type { Fields } from "./fields.ts";
import { toInert } from "./inert.ts";
import { toWords } from "./places.ts";
import type { NewRow } from "./post-row.ts";
import { withoutFormer } from "./quotation.ts";
import { number, required, text, type Row } from "./rows.ts";
import { TASK_SUBJECT, toTaskWords } from "./task-row.ts";

// What becomes of each kind of row when a post says something else: where our words still stand as we wrote them, the new
// ones; out of what a person wrote, the former words are cut. Subject and description go by themselves, each in a row of
// its own: a rule refuses what is left of a text if that is not the text any more that we read.

/** A newer version of a post. */
export interface Edit {
  readonly draft: Draft;
  /** All that it is known to have said before. */
  readonly former: readonly Words[];
  /** What it says now to all who could read the former. */
  readonly current: readonly string[];
}

/** What else is known of what the post said before: the call that took it from the post's row may have been cut short. */
export interface Earlier {
  /** Drafts of older versions that come along. */
  readonly drafts: readonly Draft[];
  readonly said: readonly Said[];
}

/** No text is so long: what stands there is a person's from now on. */
const NOT_OURS = -1;

/**
 * `row`: the post's. A call that was cut short may have written what is `earlier` anywhere but there. undefined: the row
 * holds a newer one.
 */
export function toEdit(f: Fields, draft: Draft, row: Row | undefined, earlier: Earlier): Edit | undefined {
  const { post } = draft;
  if ((number(row, f.post.version) ?? 0) > post.version) return undefined;
  const drafts = earlier.drafts.filter((one) => one.post.key === post.key && one.post.version < post.version);
  const said = earlier.said.filter(({ version }) => version < post.version);
  const wasShown =
    text(row, f.post.visibility) === "public" ||
    drafts.some((one) => one.post.visibility === "public") ||
    said.some(({ isPublic }) => isPublic);
  const isHidden = post.visibility === "private" && wasShown;
  const former = [toWords(f, row), ...drafts.map((one) => toInert(one.post.text)), ...said.map(({ words }) => words)];
  return {
    draft,
    former: former.filter((one) => one !== undefined),
    current: isHidden ? [] : [toInert(post.text)],
  };
}

/** At most one row for each of them. */
export interface EditedCase {
  readonly subject?: NewRow;
  readonly description?: NewRow;
  readonly cutSubject?: NewRow;
}

export function toEditedCase(f: Fields, row: Row, { draft, former, current }: Edit): EditedCase {
  const { post, caseText } = draft;
  const { openingSubject, openingLength, openingVersion, seenLength } = f.case;
  if ((number(row, openingVersion) ?? 0) > post.version) return {};
  const Id = required(row, "Id");
  const [subject, description] = [text(row, "Subject") ?? "", text(row, "Description") ?? ""];
  const called = text(row, openingSubject);
  const cut = toCut(
    [...former, ...(called === undefined ? [] : [called])],
    [...current, ...(caseText === undefined ? [] : [toInert(caseText.subject)])],
  );
  const isSubjectOurs = subject === called && caseText !== undefined;
  const isDescriptionOurs = description.length === number(row, openingLength) && caseText !== undefined;
  const cutSubject = isSubjectOurs ? undefined : cut(subject);
  const cutDescription = isDescriptionOurs ? undefined : cut(description);
  return {
    ...(caseText === undefined
      ? {}
      : { subject: { Id, ...(isSubjectOurs ? toSubject : toCalled)(f, post.version, caseText) } }),
    ...(isDescriptionOurs ? { description: { Id, ...toDescription(f, post.version, caseText) } } : {}),
    ...(cutSubject === undefined
      ? {}
      : { cutSubject: { Id, Subject: cutSubject, ...toUnseen(f), [seenLength]: subject.length } }),
    ...(cutDescription === undefined
      ? {}
      : {
          description: {
            Id,
            Description: cutDescription,
            [openingLength]: NOT_OURS,
            ...toUnseen(f),
            [seenLength]: description.length,
          },
        }),
  };
}

/** At most one row for each of them. `words`: what is ours, or its comments. */
export interface EditedTask {
  readonly words?: NewRow;
  readonly cutSubject?: NewRow;
}

/** One that was erased, or is no longer about the post, has no length of ours. */
export function toEditedTask(f: Fields, row: Row, { draft, former, current }: Edit): EditedTask {
  const { excerptLength, seenLength } = f.task;
  const length = number(row, excerptLength);
  if (length === undefined || (number(row, f.task.version) ?? 0) > draft.post.version) return {};
  const Id = required(row, "Id");
  const [subject, comments] = [text(row, "Subject") ?? "", text(row, "Description") ?? ""];
  if (subject.startsWith(TASK_SUBJECT) && comments.length === length)
    return { words: { Id, ...toTaskWords(f, draft) } };
  const cut = toCut(former, current);
  const [cutSubject, cutComments] = [cut(subject), cut(comments)];
  const toRow = (field: string, before: string, after: string): NewRow => {
    return { Id, [field]: after, [excerptLength]: NOT_OURS, [seenLength]: before.length };
  };
  return {
    ...(cutComments === undefined ? {} : { words: toRow("Description", comments, cutComments) }),
    ...(cutSubject === undefined ? {} : { cutSubject: toRow("Subject", subject, cutSubject) }),
  };
}

const QUOTES_CHANGED =
  "This answer quoted words of a post that its author has changed meanwhile, and was emptied. Write a new one if it is still needed.";

/** An unsent reply that quotes what some of the posts no longer say. */
export function toEditedReply(
  f: Fields,
  row: Row,
  edits: readonly Pick<Edit, "former" | "current">[],
): NewRow | undefined {
  const cut = (written: string): string =>
    edits.reduce((left, { former, current }) => toCut(former, current, false)(left) ?? left, written);
  return toCutReply(f, row, cut, QUOTES_CHANGED);
}

function toCut(former: readonly Words[], current: readonly string[], closely = true) {
  return (written: string): string | undefined => withoutFormer(written, { former, current, closely, mark: CHANGED });
}
