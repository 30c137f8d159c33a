import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import { toContactRow } from "./case-row.ts";
import { toUnseen } from "./case-words.ts";
import { COLLECTION, toUpsertPath, type Collection } from "./collection.ts";
import { isOutdated, toNewest } from "./newest.ts";
import { isOurRule, isThere, toFirstFailure, type RowOutcome } from "./outcome.ts";
import { toLinkRows } from "./persona-row.ts";
import type { NewRow } from "./post-row.ts";
import type { RecordOptions } from "./record-options.ts";
import { required, text, type Row } from "./rows.ts";
import type { Seat } from "./shared-writes.ts";
import { toTaskRow } from "./task-row.ts";
import { toKnownCaseId, toNewCaseKey } from "./touched-cases.ts";
import type { PostUrgency } from "./urgency.ts";

export interface FollowUps {
  readonly drafts: readonly Draft[];
  readonly touched: readonly Row[];
  /** Of the batch's first call. */
  readonly turn: number;
  readonly seat: Seat;
  /** The batch's: its calls are held together or not at all. */
  readonly urgency: PostUrgency;
  readonly signal: AbortSignal;
}

export interface FollowedUp {
  readonly outcomes: ReadonlyMap<Key, RowOutcome>;
  /** The batch was too much for the org's own code. */
  readonly isTooMuch: boolean;
}

/**
 * Links, Contacts of Cases, Tasks: what needs the rows of the first call. Where there are any, one call, shared with other
 * batches; by the posts' keys.
 */
export async function recordFollowUps(
  { fields: f, settings }: RecordOptions,
  { drafts, touched, turn, seat, ...call }: FollowUps,
): Promise<FollowedUp> {
  const idOfKey = new Map(touched.map((row) => [text(row, f.case.key), required(row, "Id")]));
  const caseId = (draft: Draft) => toKnownCaseId(draft) ?? idOfKey.get(toNewCaseKey(draft));
  // An older version, tried again, must not bring its words back.
  const tasked = toNewest(drafts).filter((draft) => draft.task !== undefined && !isOutdated(draft));
  const contacts = [...Map.groupBy(drafts, toKnownCaseId)].flatMap(([id, group]): [string, NewRow][] => {
    const row = toContactRow(group);
    return id === undefined || row === undefined ? [] : [[id, { ...row, ...toUnseen(f) }]];
  });
  const all: readonly Collection[] = [
    {
      ref: "links",
      method: "PATCH",
      path: toUpsertPath(f.persona.object, f.persona.key),
      type: f.persona.object,
      rows: toLinkRows(f, drafts),
      // A person decided meanwhile, and the person's word stands; or we know more by now.
      isDone: (error) => isOurRule(error, f.persona.identityDecidedBy, f.persona.identity),
    },
    {
      ref: "contacts",
      method: "PATCH",
      path: COLLECTION,
      type: "Case",
      rows: new Map(contacts),
      // A person filled it meanwhile.
      isDone: (error) => isOurRule(error, f.case.persona.id),
    },
    {
      ref: "tasks",
      method: "POST",
      path: COLLECTION,
      type: "Task",
      rows: new Map(
        tasked.map((draft) => [draft.post.key, toTaskRow(f, settings(), draft, { caseId: caseId(draft), turn })]),
      ),
      isDone: isThere,
      isStale: (error) => isOurRule(error, f.task.turn),
    },
  ];
  const writes = all.filter(({ rows }) => rows.size > 0);
  if (writes.length === 0) return { outcomes: new Map(), isTooMuch: false };
  const { outcomes: rows, isTooMuch } = await seat.write({ ...call, collections: writes });
  const outcomes = drafts.map((draft): [Key, RowOutcome] => [
    draft.post.key,
    toFirstFailure(
      rows.get(`links ${draft.post.author.key}`),
      rows.get(`contacts ${toKnownCaseId(draft) ?? ""}`),
      rows.get(`tasks ${draft.post.key}`),
    ),
  ]);
  return { outcomes: new Map(outcomes), isTooMuch };
}
