import type { Actor } from "../access.ts";
import type { ObjectType, Schema } from "../schema.ts";
import type { JsonValue, QueryRow, Store } from "../store.ts";
import { toDisplayValue, toUiValue } from "./display-value.ts";

export interface RecordReader {
  readonly store: Store;
  readonly actor: Actor;
  readonly object: ObjectType;
}

export interface UiRecord {
  readonly apiName: string;
  readonly id: string;
  readonly childRelationships: object;
  readonly fields: Readonly<Record<string, UiField>>;
  readonly lastModifiedById: JsonValue;
  readonly lastModifiedDate: JsonValue;
  readonly systemModstamp: JsonValue;
  readonly recordTypeId: null;
  readonly recordTypeInfo: null;
  readonly weakEtag: number;
}

interface UiField {
  readonly displayValue: string | null;
  readonly value: JsonValue | UiRecord;
}

const STAMPS = ["LastModifiedById", "LastModifiedDate", "SystemModstamp"];

/** A record with these paths, as Lightning Data Service gives it: parents are records inside the values. */
export function readRecord({ store, actor, object }: RecordReader, id: string, paths: readonly string[]): UiRecord {
  const stamps = STAMPS.filter((name) => object.field(name));
  const throughParents = paths.filter((path) => path.includes("."));
  const names = throughParents.map((path) => nameBeside(path, object, store.schema));
  const ids = throughParents.map((path) => path.replace(/[^.]+$/, "Id"));
  const row = store.read(actor, object.name, id, [...new Set(["Id", ...stamps, ...paths, ...names, ...ids])]);
  return toRecord(row, [...new Set([...paths, ...names])], { object, schema: store.schema });
}

interface Shape {
  readonly object: ObjectType;
  readonly schema: Schema;
}

/** The name of the parent a path leads through: `Contact.Name` beside `Contact.Email`. */
function nameBeside(path: string, object: ObjectType, schema: Schema): string {
  const [step = ""] = path.split(".");
  const to = object.parent(step)?.reference?.to ?? [];
  const parent = to.length === 1 ? schema.object(to[0] ?? "") : undefined;
  return `${step}.${nameOf(parent)}`;
}

const nameOf = (object: ObjectType | undefined): string =>
  object?.fields.find(({ nameField }) => nameField)?.name ?? "Name";

function toRecord(row: QueryRow, paths: readonly string[], { object, schema }: Shape): UiRecord {
  const fields: Record<string, UiField> = {};
  for (const path of paths) {
    const [step = "", ...rest] = path.split(".");
    const field = object.field(step);
    if (rest.length > 0) fields[step] = toParent(row, step, { paths, object, schema });
    else if (field) {
      const value = (row[field.name] ?? null) as JsonValue;
      fields[field.name] = { displayValue: toDisplayValue(field, value), value: toUiValue(field, value) };
    }
  }
  const stamp = (name: string): JsonValue => {
    const field = object.field(name);
    return field ? toUiValue(field, (row[name] ?? null) as JsonValue) : null;
  };
  return {
    apiName: object.name,
    id: row["Id"] as string,
    childRelationships: {},
    fields,
    lastModifiedById: stamp("LastModifiedById"),
    lastModifiedDate: stamp("LastModifiedDate"),
    systemModstamp: stamp("SystemModstamp"),
    recordTypeId: null,
    recordTypeInfo: null,
    weakEtag: Date.parse(String(stamp("SystemModstamp") ?? "")) || 0,
  };
}

function toParent(row: QueryRow, step: string, shape: Shape & { paths: readonly string[] }): UiField {
  const parentRow = row[step] as QueryRow | null | undefined;
  const parent = parentRow && shape.schema.object(parentRow.attributes.type);
  if (!parentRow || !parent) return { displayValue: null, value: null };
  const inner = shape.paths.filter((path) => path.startsWith(`${step}.`)).map((path) => path.slice(step.length + 1));
  const name = parentRow[nameOf(parent)] ?? parentRow["Name"];
  return {
    displayValue: typeof name === "string" ? name : null,
    value: toRecord(parentRow, inner, { object: parent, schema: shape.schema }),
  };
}
