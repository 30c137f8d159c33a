import type { Actor } from "../access.ts";
import type { Field, ObjectType } from "../schema.ts";
import type { Row, SqlValue } from "./database.ts";
import type { Rows } from "./rows.ts";
import { toSeconds } from "./times.ts";

/** Keeps what changed in tracked fields: a row for each; of a lookup two, first its names, then its ids. */
export function keepHistory(
  rows: Rows,
  { actor, object, prior, changes }: { actor: Actor; object: ObjectType; prior: Row; changes: Row },
): void {
  const history = rows.schema.objects.find((each) => each.historyOf === object.name);
  const toParent = history?.fields.find(({ reference }) => reference?.to.includes(object.name) === true);
  if (history === undefined || toParent === undefined) return;
  for (const field of object.fields) {
    if (field.tracked !== true || !(field.name in changes)) continue;
    const [before, after] = [prior[field.name] ?? null, changes[field.name] ?? null];
    if (before === after) continue;
    for (const [dataType, show] of toViews(rows, field)) {
      rows.insert(history, {
        Id: rows.nextId(history),
        IsDeleted: 0,
        [toParent.name]: String(prior["Id"]),
        CreatedById: actor.id,
        CreatedDate: toSeconds(rows.now()),
        Field: field.name,
        DataType: dataType,
        OldValue: show(before),
        NewValue: show(after),
      });
    }
  }
}

type View = readonly [dataType: string, show: (value: SqlValue) => SqlValue];

function toViews(rows: Rows, field: Field): readonly View[] {
  if (field.type === "reference") {
    return [
      ["Text", (id) => toName(rows, id)],
      ["EntityId", (id) => id],
    ];
  }
  if (field.type === "boolean") return [["Boolean", (value) => (value === 1 ? "true" : "false")]];
  // That long text changed is kept, not what it said.
  if (field.long) return [["LongTextArea", () => null]];
  return [["Text", (value) => (value === null ? null : String(value).slice(0, 255))]];
}

function toName(rows: Rows, id: SqlValue): SqlValue {
  const object = typeof id === "string" ? rows.schema.objectOf(id) : undefined;
  const nameField = object?.fields.find((field) => field.nameField);
  if (object === undefined || nameField === undefined) return null;
  return rows.find(object, String(id))?.[nameField.name] ?? null;
}
