import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import { toOutcomes, toStep, toUpsertPath, type Collection } from "./collection.ts";
import { worst, type RowOutcome } from "./outcome.ts";
import { toLinkRows } from "./persona-row.ts";
import type { RecordOptions } from "./record-options.ts";
import { required, text, type Row } from "./rows.ts";
import { toTaskRow } from "./task-row.ts";
import { toKnownCaseId, toNewCaseKey } from "./touched-cases.ts";

/** Tasks and links: what needs the rows of the first call. One call where there are any, by the key of the post. */
export async function recordFollowUps(
  { session, fields: f, settings }: RecordOptions,
  drafts: readonly Draft[],
  touched: readonly Row[],
  signal: AbortSignal,
): Promise<ReadonlyMap<Key, RowOutcome>> {
  const idOfKey = new Map(touched.map((row) => [text(row, f.case.key), required(row, "Id")]));
  const caseId = (draft: Draft) => toKnownCaseId(draft) ?? idOfKey.get(toNewCaseKey(draft));
  const tasked = drafts.filter(({ task }) => task !== undefined);
  const all: readonly Collection[] = [
    {
      ref: "links",
      method: "PATCH",
      path: toUpsertPath(f.persona.object, f.persona.key),
      type: f.persona.object,
      rows: toLinkRows(f, drafts),
      // Refused by our guard: a person decided meanwhile, and the person's word stands.
      isDone: ({ statusCode }) => statusCode === "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    },
    {
      ref: "tasks",
      method: "PATCH",
      path: toUpsertPath("Task", f.task.postKey),
      type: "Task",
      rows: new Map(tasked.map((draft) => [draft.post.key, toTaskRow(f, settings(), draft, caseId(draft))])),
      isDone: () => false,
    },
  ];
  const writes = all.filter(({ rows }) => rows.size > 0);
  if (writes.length === 0) return new Map();
  const outcomes = toOutcomes(writes, await session.composite(writes.map(toStep), signal));
  return new Map(
    drafts.map(({ post }) => [
      post.key,
      worst(outcomes.get(`links ${post.author.key}`), outcomes.get(`tasks ${post.key}`)),
    ]),
  );
}
