import type { ChildRelationship, Field, ObjectType, Schema } from "../schema.ts";
import { toField, type ObjectDraft } from "./define.ts";

/** Joins the drafts: lookups know their targets exist, and targets know their children. */
export function toSchema(drafts: readonly ObjectDraft[]): Schema {
  const sorted = [...drafts].sort((a, b) => (a.name < b.name ? -1 : 1));
  const fields = new Map(sorted.map((draft) => [draft.name, draft.fields.map(toField)]));
  const objects = sorted.map((draft) =>
    toObjectType(draft, fields.get(draft.name) ?? [], childrenOf(draft.name, sorted)),
  );
  const byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
  const byPrefix = new Map(objects.map((object) => [object.keyPrefix, object]));
  if (byPrefix.size < objects.length) throw new Error("two objects have the same key prefix: rename one of them");
  for (const object of objects) checkTargets(object, byName);
  return {
    objects,
    object: (name) => byName.get(name.toLowerCase()),
    objectOf: (id) => byPrefix.get(id.slice(0, 3)),
  };
}

function toObjectType(draft: ObjectDraft, fields: Field[], children: ChildRelationship[]): ObjectType {
  const byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  const byRelationship = new Map(
    fields.flatMap((field) => (field.reference ? [[field.reference.relationship.toLowerCase(), field] as const] : [])),
  );
  const { name, label, labelPlural, keyPrefix, custom, sharing, setup, rules, historyOf } = draft;
  const searchable = draft.searchable ?? (!setup && historyOf === undefined);
  return {
    ...(historyOf !== undefined && { historyOf }),
    ...{ name, label, labelPlural, keyPrefix, custom, sharing, setup, searchable, rules, fields, children },
    field: (fieldName) => byName.get(fieldName.toLowerCase()),
    parent: (relationship) => byRelationship.get(relationship.toLowerCase()),
  };
}

function childrenOf(target: string, drafts: readonly ObjectDraft[]): ChildRelationship[] {
  const names = Object.fromEntries(drafts.flatMap((draft) => Object.entries(draft.children)));
  return drafts.flatMap((draft) =>
    draft.fields.flatMap((field) => {
      const name = names[`${draft.name}.${field.name}`];
      const pointsHere = field.reference?.to.includes(target) === true;
      return pointsHere && name !== undefined ? [{ name, object: draft.name, field: field.name }] : [];
    }),
  );
}

function checkTargets(object: ObjectType, known: ReadonlyMap<string, ObjectType>): void {
  for (const field of object.fields) {
    const missing = field.reference?.to.find((target) => !known.has(target.toLowerCase()));
    if (missing !== undefined) throw new Error(`${object.name}.${field.name}: there is no object ${missing}`);
  }
}
