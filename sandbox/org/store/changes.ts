import type { Actor } from "../access.ts";
import { noSuchColumn, Refusal } from "../refusal.ts";
import type { Field, ObjectType } from "../schema.ts";
import type { Values } from "../store.ts";
import type { Row, SqlValue } from "./database.ts";
import { requireSeen, toReference, toReferenceByKey } from "./references.ts";
import type { Rows } from "./rows.ts";
import { toStored } from "./stored-value.ts";

export interface Asked {
  readonly actor: Actor;
  readonly object: ObjectType;
  readonly write: "create" | "update";
  /** The row as it stands, of an update. */
  readonly prior?: Row;
}

/** What a client sends, as stored values by field names. Refuses unknown and hidden fields and those it may not write. */
export function toChanges(rows: Rows, asked: Asked, values: Values): Row {
  const changes: Row = {};
  const locked: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (name === "attributes" || (asked.write === "update" && name.toLowerCase() === "id")) continue;
    const { field, byKey } = findField(asked, name, value);
    if (!isWritable(asked, field)) locked.push(field.name);
    else if (field.type === "reference") changes[field.name] = toSeenReference(rows, asked, { field, byKey, value });
    else changes[field.name] = toStored(field, value);
  }
  if (locked.length > 0) throw notWritable(locked);
  return changes;
}

/** What a lookup held before it may hold again. */
function toSeenReference(
  rows: Rows,
  { actor, object, prior }: Asked,
  { field, byKey, value }: { field: Field; byKey: boolean; value: unknown },
): SqlValue {
  const id = byKey ? toReferenceByKey(rows, object, field, value) : toReference(rows, field, value);
  return id === prior?.[field.name] ? id : requireSeen({ rows, actor }, field, id);
}

function findField(asked: Asked, name: string, value: unknown): { field: Field; byKey: boolean } {
  const byKey = asked.object.field(name) === undefined && typeof value === "object";
  const field = byKey ? asked.object.parent(name) : asked.object.field(name);
  if (!field || !asked.actor.access.field(asked.object, field).read) throw noSuchColumn(name, asked.object.name);
  return { field, byKey };
}

function isWritable({ actor, object, write }: Asked, field: Field): boolean {
  const open = write === "create" ? field.createable : field.updateable;
  return open && actor.access.field(object, field).edit;
}

function notWritable(fields: readonly string[]): Refusal {
  const message =
    `Unable to create/update fields: ${fields.join(", ")}. Please check the security settings of this field and ` +
    "verify that it is read/write for your profile or permission set.";
  return new Refusal("INVALID_FIELD_FOR_INSERT_UPDATE", message, { fields });
}
