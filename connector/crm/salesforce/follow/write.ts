import { COLLECTION, writeChunks, type Collection } from "../collection.ts";
import type { Fields } from "../fields.ts";
import { isGone, isOurRule, type RowError, type RowOutcome } from "../outcome.ts";
import type { NewRow } from "../post-row.ts";
import { text } from "../rows.ts";
import type { FollowOptions } from "./options.ts";

/** Rows of one object to be changed, each with its Id; one row at most of each Id. */
export interface Changes {
  readonly object: string;
  readonly rows: readonly NewRow[];
}

/**
 * Changes rows, these objects in this order. What became of each, by its Id; of an Id that stands in several `changes` the
 * first failure. A row that is gone is done; one that somebody has changed since we looked must be looked at again.
 */
export async function change(
  { session, fields }: FollowOptions,
  changes: readonly Changes[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, RowOutcome>> {
  const collections = changes.map(({ object, rows }, index): Collection => ({
    ref: String.fromCharCode(97 + index),
    method: "PATCH",
    path: COLLECTION,
    type: object,
    rows: new Map(rows.map((row) => [text(row, "Id") ?? "", row])),
    isDone: isGone,
    isStale: (error) => isStale(fields, error),
  }));
  const found = await writeChunks(session, collections, { urgency: "urgent", signal });
  const outcomes = new Map<string, RowOutcome>();
  for (const { ref, rows } of collections) {
    for (const id of rows.keys()) outcomes.set(id, outcomes.get(id) ?? found.get(`${ref} ${id}`));
  }
  return outcomes;
}

/** The fields on which our rules report that a person's word or a later state stands against a write. */
function isStale(f: Fields, error: RowError): boolean {
  return isOurRule(
    error,
    ...[f.post.contact, f.post.case.id, f.post.version, f.post.deletedAt],
    ...[f.persona.identityDecidedBy, f.persona.identity],
    ...[f.case.persona.id, f.case.lastInboundAt, f.task.takenFrom],
    ...[f.reply.status, f.reply.seenLength],
  );
}
