import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import type { Urgency } from "../budget.ts";
import { toCalled, toDescription, toSubject } from "./case-words.ts";
import { COLLECTION, toOutcomes, toStep, toUpsertPath, type Collection } from "./collection.ts";
import { isNews, isOutdated, isUnknown, toNewest } from "./newest.ts";
import { isGone, isOurRule, toFirstFailure, type RowError, type RowOutcome } from "./outcome.ts";
import { toPostRow } from "./post-row.ts";
import type { RecordOptions } from "./record-options.ts";
import { toTaskWords } from "./task-row.ts";

/**
 * What changes on rows that are there: a newer version's words on the post, on the Case that it opened and on its Task, and
 * the Case of a post whose call was cut short. Subject and description go by themselves: a person may have taken one of them.
 * One call where there is any; what became of it by the posts' keys.
 */
export async function recordEdits(
  { session, fields: f, routes }: RecordOptions,
  drafts: readonly Draft[],
  { urgency, signal }: { readonly urgency: Urgency; readonly signal: AbortSignal },
): Promise<ReadonlyMap<Key, RowOutcome>> {
  const newest = toNewest(drafts).filter(({ gone }) => gone === undefined);
  const known = newest.filter((draft) => !isUnknown(draft) && (isNews(draft) || isUnfinished(draft)));
  const edited = newest.filter((draft) => draft.post.version > 0 && !isUnknown(draft) && !isOutdated(draft));
  const opened = edited.flatMap((draft) => {
    const caseId = toOpenedCaseId(draft);
    return caseId === undefined || draft.caseText === undefined
      ? []
      : [{ key: draft.post.key, version: draft.post.version, caseId, text: draft.caseText }];
  });
  const isKept = (error: RowError): boolean => isGone(error) || isOurRule(error, f.case.openingVersion);
  const caseWords = { method: "PATCH", path: COLLECTION, type: "Case", isDone: isKept } as const;
  const all: readonly Collection[] = [
    {
      ref: "edits",
      method: "PATCH",
      path: toUpsertPath(f.post.object, f.post.key),
      type: f.post.object,
      rows: new Map(known.map((draft) => [draft.post.key, toPostRow(f, draft, routes(draft))])),
      // A newer version or a tombstone stands.
      isDone: (error) => isOurRule(error, f.post.version, f.post.deletedAt),
      isStale: (error) => isOurRule(error, f.post.case.id),
    },
    {
      ...caseWords,
      ref: "subjects",
      rows: new Map(
        opened.map(({ key, version, caseId, text }) => [key, { Id: caseId, ...toSubject(f, version, text) }]),
      ),
    },
    {
      ...caseWords,
      ref: "called",
      rows: new Map(
        opened.map(({ key, version, caseId, text }) => [key, { Id: caseId, ...toCalled(f, version, text) }]),
      ),
    },
    {
      ...caseWords,
      ref: "descriptions",
      rows: new Map(
        opened.map(({ key, version, caseId, text }) => [key, { Id: caseId, ...toDescription(f, version, text) }]),
      ),
    },
    {
      ref: "excerpts",
      method: "PATCH",
      path: toUpsertPath("Task", f.task.postKey),
      type: "Task",
      rows: new Map(
        edited.filter((draft) => draft.task || isHidden(draft)).map((draft) => [draft.post.key, toTaskWords(f, draft)]),
      ),
      isDone: (error) => isOurRule(error, f.task.version, f.task.excerptLength),
    },
  ];
  const writes = all.filter(({ rows }) => rows.size > 0);
  if (writes.length === 0) return new Map();
  const outcomes = toOutcomes(writes, await session.composite(writes.map(toStep), signal, urgency));
  const refs = writes.map(({ ref }) => ref);
  return new Map(
    newest.map(({ post: { key } }) => [key, toFirstFailure(...refs.map((ref) => outcomes.get(`${ref} ${key}`)))]),
  );
}

/** Recorded, but the Case it was to stand on did not come to be: the call was cut between the two rows. */
function isUnfinished({ memory, home }: Draft): boolean {
  return home !== undefined && memory?.post !== undefined && memory.post.caseId === undefined;
}

/** It was public, perhaps: an activity that there is loses its words; where there is none, none is made. */
function isHidden({ post }: Draft): boolean {
  return post.visibility === "private" && post.kind !== "message";
}

function toOpenedCaseId({ post, memory }: Draft): string | undefined {
  return memory?.cases.find(({ openingPost }) => openingPost === post.key)?.id;
}
