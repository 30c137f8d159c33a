import { noSuchColumn, Refusal } from "../refusal.ts";
import type { Field, ObjectType } from "../schema.ts";
import type { SqlValue } from "./database.ts";
import { isId, toFullId } from "./ids.ts";
import type { Rows } from "./rows.ts";
import { isVisible, type Asking } from "./sharing.ts";
import { toStored } from "./stored-value.ts";

/** The id a lookup takes. Refuses what is no id, the id of another kind of row, and rows that are not there. */
export function toReference(rows: Rows, field: Field, value: unknown): SqlValue {
  if (value === null || value === undefined || value === "") return null;
  const fields = { fields: [field.name] };
  const target = typeof value === "string" && isId(value) ? rows.schema.objectOf(value) : undefined;
  if (typeof value !== "string" || !target || !field.reference?.to.includes(target.name)) {
    throw new Refusal("MALFORMED_ID", `${field.label}: id value of incorrect type: ${JSON.stringify(value)}`, fields);
  }
  const id = toFullId(value);
  const row = rows.find(target, id);
  if (!row) throw new Refusal("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", fields);
  if (row["IsDeleted"] === 1) throw new Refusal("ENTITY_IS_DELETED", "entity is deleted", fields);
  return id;
}

/** Nobody points to a row that they may not see. */
export function requireSeen(asking: Asking, field: Field, id: SqlValue): SqlValue {
  const target = typeof id === "string" ? asking.rows.schema.objectOf(id) : undefined;
  if (typeof id !== "string" || target === undefined || target.setup) return id;
  const row = asking.rows.find(target, id);
  if (row !== undefined && isVisible(asking, target, row)) return id;
  const message = `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`;
  throw new Refusal("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", message, { fields: [field.name] });
}

/** A parent named by its external id, `Persona__r: { External_Key__c: "…" }`: the parent's id. */
export function toReferenceByKey(rows: Rows, object: ObjectType, field: Field, given: unknown): SqlValue {
  if (given === null) return null;
  const keys = Object.entries(given as Record<string, unknown>).filter(([name]) => name !== "attributes");
  const [name, value] = keys[0] ?? ["", undefined];
  const [target] = (field.reference?.to ?? []).flatMap((to) => rows.schema.object(to) ?? []);
  const key = target?.field(name);
  if (keys.length !== 1 || !target || !key) throw noSuchColumn(name, target?.name ?? object.name);
  if (!key.externalId && key.name !== "Id") {
    const message = `${name} is not an external ID or indexed field in entity ${target.name}`;
    throw new Refusal("INVALID_FIELD", message);
  }
  const row = value === null ? undefined : rows.findBy(target, key, toStored(key, value));
  if (row) return row["Id"] ?? null;
  const message = `Foreign key external ID: ${String(value).toLowerCase()} not found for field ${key.name} in entity ${target.name}`;
  throw new Refusal("INVALID_FIELD", message);
}
