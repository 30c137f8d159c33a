import type { Actor } from "../../org/access.ts";
import type { Condition } from "../../org/query.ts";
import { noSuchResource } from "../../org/refusal.ts";
import type { ObjectType, Schema } from "../../org/schema.ts";
import type { JsonValue, QueryRow, Store } from "../../org/store.ts";
import type { ListAnswer, ListColumn } from "../contract.ts";
import { readListViews, type ListView } from "../metadata/list-view.ts";
import { standardHighlights } from "../metadata/standard-layouts.ts";
import { fieldLabel, parentName } from "./field-description.ts";
import { toCondition } from "./list-condition.ts";
import { toListPath } from "./list-path.ts";
import { objectIcon } from "./object-icon.ts";

/** As many as a list shows at once in an org. */
const SHOWN = 50;

/** Who looks, at what. */
export interface Reader {
  readonly forceApp: string;
  readonly store: Store;
  readonly actor: Actor;
}

/** A list view with its newest rows, as this user sees them. Columns that are hidden from the user are left out. */
export function toList(
  { forceApp, store, actor }: Reader,
  objectName: string,
  viewName: string | undefined,
): ListAnswer {
  const object = store.schema.object(objectName);
  if (object === undefined || !actor.access.object(object).read) throw noSuchResource();
  const own = readListViews(forceApp, object.name);
  const views = own.some(({ fullName }) => fullName === "All") ? own : [...own, everything(object)];
  const view = views.find(({ fullName }) => fullName === viewName) ?? views[0] ?? everything(object);
  const table = toTable({ forceApp, store, actor }, { object, view, condition: toCondition(view, object, actor.id) });
  return { ...table, views: views.map(({ fullName, label }) => ({ name: fullName, label })) };
}

/** The newest rows that fit a condition, in the columns of a view. */
export function toTable(
  { forceApp, store, actor }: Reader,
  { object, view, condition }: { object: ObjectType; view: ListView; condition: Condition | undefined },
): ListAnswer {
  const columns = view.columns
    .map((column) => toColumn(object, column, store.schema))
    .filter((column) => column !== undefined)
    .filter(({ path }) => isReadable(object, path, actor));
  const { records } = store.query(actor, {
    select: ["Id", ...columns.map(({ path }) => path)].map((path) => ({ kind: "field", path })),
    from: object.name,
    ...(condition === undefined ? {} : { where: condition }),
    orderBy: [{ path: "CreatedDate", descending: true, nullsLast: false }],
    limit: SHOWN,
  });
  return {
    object: object.name,
    label: object.labelPlural,
    icon: objectIcon(forceApp, object.name),
    view: view.fullName,
    isCreateable: actor.access.object(object).create,
    views: [],
    columns,
    rows: records.map((row) => ({ id: row["Id"] as string, values: columns.map(({ path }) => valueAt(row, path)) })),
  };
}

export function everything(object: ObjectType): ListView {
  const name = object.fields.find(({ nameField }) => nameField)?.name ?? "Id";
  const columns = [...new Set([name, ...standardHighlights(object.name), "CreatedDate"])];
  return { fullName: "All", label: `All ${object.labelPlural}`, columns, filterScope: "Everything", filters: [] };
}

/** A lookup is shown by its parent's name. */
function toColumn(object: ObjectType, column: string, schema: Schema): ListColumn | undefined {
  const path = toListPath(object, column);
  if (path === undefined) return undefined;
  const [step = "", parent] = path.split(".");
  const field = parent === undefined ? object.field(step) : object.parent(step);
  if (field === undefined) return undefined;
  return {
    path: parentName(field, schema) ?? path,
    label: fieldLabel(field),
    type: field.reference ? "string" : field.type,
  };
}

function isReadable(object: ObjectType, path: string, actor: Actor): boolean {
  const [step = "", parent] = path.split(".");
  const field = parent === undefined ? object.field(step) : object.parent(step);
  return field !== undefined && actor.access.field(object, field).read;
}

function valueAt(row: QueryRow, path: string): JsonValue {
  let held: unknown = row;
  for (const step of path.split(".")) held = (held as Record<string, unknown> | null)?.[step] ?? null;
  return held as JsonValue;
}
