import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import type { Urgency } from "../budget.ts";
import { toOutcomes, toStep, toUpsertPath, type Collection } from "./collection.ts";
import { isNews, isOutdated, isUnknown, toNewest } from "./newest.ts";
import { isOurRule, toFirstFailure, type RowOutcome } from "./outcome.ts";
import { toPostRow } from "./post-row.ts";
import type { RecordOptions } from "./record-options.ts";
import { readUnsent, toUnsentSteps } from "./late-replies.ts";
import { replaceInReplies, replaceWords } from "./replace-words.ts";

/**
 * What changes on rows that are there: a newer version's words on the Case that the post opened, on its Task and in what
 * people wrote beside; then on the post, whose row is the last to know the former words, with a look at the drafts that people
 * began meanwhile; and the Case of a post whose call was cut short. Two or three calls where there is an edit, one more where
 * such a draft quotes it; what became of it by the posts' keys.
 */
export async function recordEdits(
  { session, fields: f, routes, saidBefore }: RecordOptions,
  drafts: readonly Draft[],
  { urgency, signal }: { readonly urgency: Urgency; readonly signal: AbortSignal },
): Promise<ReadonlyMap<Key, RowOutcome>> {
  const newest = toNewest(drafts).filter(({ gone }) => gone === undefined);
  const edited = newest.filter((draft) => draft.post.version > 0 && !isOutdated(draft) && isThereSomewhere(draft));
  const replacing = { session, fields: f, urgency, signal, saidBefore };
  const { outcomes: words, edits: replaced } = await replaceWords(replacing, edited, drafts);
  const known = newest
    .filter((draft) => !isUnknown(draft) && (isNews(draft) || isUnfinished(draft)))
    .filter(({ post }) => words.get(post.key) === undefined);
  const edits: Collection = {
    ref: "edits",
    method: "PATCH",
    path: toUpsertPath(f.post.object, f.post.key),
    type: f.post.object,
    rows: new Map(known.map((draft) => [draft.post.key, toPostRow(f, draft, routes(draft))])),
    // A newer version or a tombstone stands.
    isDone: (error) => isOurRule(error, f.post.version, f.post.deletedAt),
    isStale: (error) => isOurRule(error, f.post.case.id),
  };
  if (known.length === 0) return words;
  const standing = replaced.filter(({ draft }) => edits.rows.has(draft.post.key));
  const looks =
    standing.length === 0
      ? []
      : toUnsentSteps(
          f,
          standing.map(({ draft }) => draft.post.key),
        );
  const results = await session.composite([toStep(edits), ...looks], signal, urgency);
  const outcomes = toOutcomes([edits], results);
  const begun = await readUnsent(session, looks, { results, signal });
  const quoted = begun.length === 0 ? undefined : await replaceInReplies(replacing, standing, begun);
  const toOutcome = (key: Key) => toFirstFailure(words.get(key), outcomes.get(`edits ${key}`), quoted?.get(key));
  return new Map(newest.map(({ post: { key } }) => [key, toOutcome(key)]));
}

/** Recorded, but the Case it was to stand on did not come to be: the call was cut between the two rows. */
function isUnfinished({ memory, home }: Draft): boolean {
  return home !== undefined && memory?.post !== undefined && memory.post.caseId === undefined;
}

/** Its row, or a Case that an earlier version opened in a call that was cut short. */
function isThereSomewhere(draft: Draft): boolean {
  return !isUnknown(draft) || draft.memory?.cases.some(({ openingPost }) => openingPost === draft.post.key) === true;
}
