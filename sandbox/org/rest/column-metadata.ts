import type { Query, SelectItem } from "../query.ts";
import type { ObjectType, Schema } from "../schema.ts";
import { parseSoql } from "../soql/parse.ts";

/** A column as `columns=true` tells it: command line tools draw their tables by it. */
interface ColumnMetadata {
  readonly columnName: string;
  readonly displayName: string;
  readonly aggregate: boolean;
  readonly joinColumns: readonly ColumnMetadata[];
}

/** What a query will answer with, without its rows. Names are spelt as the rows spell them. The query itself is a good one. */
export function toColumnMetadata(schema: Schema, soql: string): Record<string, unknown> {
  const query = parseSoql(soql);
  const object = schema.object(query.from);
  if (object === undefined) throw new Error(`there is no object ${query.from}`);
  return {
    columnMetadata: toColumns(schema, object, query),
    entityName: object.name,
    groupBy: query.groupBy !== undefined,
    idSelected: query.select.some((item) => item.kind === "field" && item.path.toLowerCase() === "id"),
    keyPrefix: object.keyPrefix,
  };
}

function toColumns(schema: Schema, object: ObjectType, query: Query): ColumnMetadata[] {
  const isGrouped = query.groupBy !== undefined || query.select.some((item) => item.kind === "aggregate");
  let unnamed = 0;
  return query.select.flatMap((item): ColumnMetadata[] => {
    if (item.kind === "children") return [toChildren(schema, object, item.query)];
    if (item.kind === "field") {
      const path = toSpelling(schema, object, item.path.split("."));
      // A grouped row has one name for it, however far the way is.
      return [toNested(isGrouped ? [item.alias ?? path.at(-1) ?? ""] : path)];
    }
    if (item.path === undefined && query.select.length === 1) return [];
    const columnName = item.alias ?? `expr${unnamed++}`;
    return [{ columnName, displayName: item.alias ?? toShown(item), aggregate: true, joinColumns: [] }];
  });
}

function toNested([first = "", ...rest]: readonly string[]): ColumnMetadata {
  const joinColumns = rest.length === 0 ? [] : [toNested(rest)];
  return { columnName: first, displayName: first, aggregate: false, joinColumns };
}

function toChildren(schema: Schema, object: ObjectType, query: Query): ColumnMetadata {
  const child = object.children.find(({ name }) => name.toLowerCase() === query.from.toLowerCase());
  const target = schema.object(child?.object ?? "");
  const joinColumns = target === undefined ? [] : toColumns(schema, target, query);
  const name = child?.name ?? query.from;
  return { columnName: name, displayName: name, aggregate: true, joinColumns };
}

function toShown(item: SelectItem & { kind: "aggregate" }): string {
  return `${item.fn.toUpperCase()}(${item.path ?? ""})`;
}

function toSpelling(schema: Schema, object: ObjectType | undefined, path: readonly string[]): string[] {
  const [first = "", ...rest] = path;
  if (rest.length === 0) return [object?.field(first)?.name ?? first];
  const lookup = object?.parent(first);
  if (lookup === undefined)
    return first.toLowerCase() === object?.name.toLowerCase() ? toSpelling(schema, object, rest) : [...path];
  // What several targets share is spelt alike in all of them.
  const [target = ""] = lookup.reference?.to ?? [];
  const next = schema.object(target);
  return [lookup.reference?.relationship ?? first, ...toSpelling(schema, next, rest)];
}
