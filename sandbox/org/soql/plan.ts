import type { Query } from "../query.ts";
import { Refusal } from "../refusal.ts";
import type { Field, ObjectType } from "../schema.ts";
import { toOrderSql, toSql, type ConditionScope, type Sql } from "./conditions.ts";
import { openScope, type Asker, type Column, type Scope } from "./scope.ts";
import { toSharing } from "./sharing-sql.ts";

/** A query made ready: SQL whose first column is the row's id, and what its columns mean. */
export interface Plan {
  readonly object: ObjectType;
  readonly sql: Sql;
  readonly outputs: readonly Output[];
  readonly children: readonly { readonly name: string; readonly plan: Plan }[];
  /** `SELECT COUNT()`: the answer is the number alone. */
  readonly countOnly: boolean;
  readonly aggregate: boolean;
}

/** A value of the answer and the column it stands in. */
export interface Output {
  readonly name: string;
  readonly field: Field;
  readonly column: number;
  /** The parents it nests in, outermost first, with the columns of their ids. */
  readonly parents: readonly { readonly relationship: string; readonly column: number }[];
}

export interface PlanOptions extends Asker {
  readonly now: number;
  /** Rows of the recycle bin and archived ones, too. */
  readonly deleted: boolean;
}

/** Plans a query of an object. `link` ties a child query to the parent's id, its only first value. */
export function toPlan(options: PlanOptions, query: Query, object: ObjectType, link?: Field): Plan {
  const scope = openScope(options, object, link ? "c" : "t");
  const aggregate = query.groupBy !== undefined || query.select.some((item) => item.kind === "aggregate");
  const [only] = query.select;
  const countOnly = only?.kind === "aggregate" && only.path === undefined && query.select.length === 1;
  const columns = [aggregate ? "NULL" : `${scope.alias}."Id"`];
  const outputs = toOutputs(query, scope, columns);
  const where = toWhere(options, query, scope, link);
  const having = query.having && toSql(query.having, toConditionScope(options, aggregateScope(scope)));
  const tail = [
    query.groupBy && `GROUP BY ${query.groupBy.map((path) => toGroup(scope.column(path))).join(", ")}`,
    having && `HAVING ${having.text}`,
    query.orderBy && `ORDER BY ${toOrderSql(query.orderBy, aggregateScope(scope))}`,
    (query.limit !== undefined || query.offset !== undefined) && `LIMIT ${query.limit ?? -1}`,
    query.offset !== undefined && `OFFSET ${query.offset}`,
  ].filter((part) => typeof part === "string");
  return {
    object,
    sql: {
      text: `SELECT ${columns.join(", ")} FROM ${scope.from()} WHERE ${where.text} ${tail.join(" ")}`,
      values: [...where.values, ...(having?.values ?? [])],
    },
    outputs,
    children: query.select.flatMap((item) =>
      item.kind === "children" ? [toChildPlan(options, item.query, object)] : [],
    ),
    countOnly,
    aggregate,
  };
}

function toGroup({ field, sql }: Column): string {
  if (!field.long) return sql;
  throw new Refusal("MALFORMED_QUERY", `field '${field.name}' can not be grouped in a query call`);
}

/** What each selected item is and where it stands; adds the columns it takes to the list. */
function toOutputs(query: Query, scope: Scope, columns: string[]): Output[] {
  const seen = new Set<string>();
  let unnamed = 0;
  const place = (sql: string): number => {
    const at = columns.indexOf(sql, 1);
    return at > 0 ? at : columns.push(sql) - 1;
  };
  return query.select.flatMap((item) => {
    if (item.kind === "children") return [];
    if (item.kind === "aggregate") {
      const { sql, field } = aggregateScope(scope).column(`${item.fn}(${item.path ?? ""})`);
      return [{ name: item.alias ?? `expr${unnamed++}`, field, column: place(sql), parents: [] }];
    }
    if (seen.has(item.path.toLowerCase())) {
      throw new Refusal("INVALID_FIELD", `duplicate field selected: ${item.path}`);
    }
    seen.add(item.path.toLowerCase());
    const { sql, field, parents } = scope.column(item.path);
    return [
      {
        name: item.alias ?? field.name,
        field,
        column: place(sql),
        parents: query.groupBy ? [] : parents.map((each) => ({ ...each, column: place(each.sql) })),
      },
    ];
  });
}

function toWhere(options: PlanOptions, query: Query, scope: Scope, link: Field | undefined): Sql {
  const parts = [
    ...(link ? [`${scope.alias}."${link.name}" = ?`] : []),
    ...(options.deleted ? [] : [`${scope.alias}."IsDeleted" = 0`]),
    ...(options.deleted || !scope.object.field("IsArchived") ? [] : [`${scope.alias}."IsArchived" = 0`]),
    toSharing(options, scope.object, scope.alias),
  ];
  if (!query.where) return { text: parts.join(" AND "), values: [] };
  const asked = toSql(query.where, toConditionScope(options, scope));
  return { text: [...parts, asked.text].join(" AND "), values: asked.values };
}

function toConditionScope(options: PlanOptions, scope: Pick<Scope, "column" | "object">): ConditionScope {
  return {
    now: options.now,
    column: scope.column,
    subquery: (query) => {
      const object = requireType(options, query.from);
      const inner = openScope(options, object, "s");
      if (object === scope.object) {
        throw new Refusal("MALFORMED_QUERY", "The inner and outer selects should not be on the same object type");
      }
      const [item, ...others] = query.select;
      if (item?.kind !== "field" || others.length > 0) {
        throw new Refusal("MALFORMED_QUERY", "a semi join sub-select must select exactly one field");
      }
      const { sql } = inner.column(item.path);
      const where = toWhere(options, query, inner, undefined);
      return {
        text: `SELECT ${sql} FROM ${inner.from()} WHERE ${where.text} AND ${sql} IS NOT NULL`,
        values: where.values,
      };
    },
  };
}

function toChildPlan(options: PlanOptions, query: Query, parent: ObjectType): { name: string; plan: Plan } {
  const child = parent.children.find((each) => each.name.toLowerCase() === query.from.toLowerCase());
  const object = child && options.schema.object(child.object);
  const link = object?.field(child?.field ?? "");
  if (!child || !object || !link || !options.actor.access.field(object, link).read) {
    const message =
      `Didn't understand relationship '${query.from}' in FROM part of query call. If you are attempting to use a ` +
      "custom relationship, be sure to append the '__r' after the custom relationship name.";
    throw new Refusal("INVALID_TYPE", message);
  }
  return { name: child.name, plan: toPlan(options, query, object, link) };
}

/** The object of this name. Refuses with INVALID_TYPE what is not there or hidden. */
export function requireType({ schema, actor }: Asker, name: string): ObjectType {
  const object = schema.object(name);
  if (object && actor.access.object(object).read) return object;
  throw new Refusal("INVALID_TYPE", `sObject type '${name}' is not supported.`);
}

/** A scope in which `count(Id)` is a column like any other. */
function aggregateScope(scope: Scope): Pick<Scope, "column" | "object"> {
  return {
    object: scope.object,
    column: (path): Column => {
      const match = /^(\w+)\((.*)\)$/.exec(path);
      if (!match) return scope.column(path);
      const [, fn = "", inner = ""] = match;
      const target = inner === "" ? undefined : scope.column(inner);
      if (target?.field.long) {
        const message = `field ${target.field.name} does not support aggregate operator ${fn.toUpperCase()}`;
        throw new Refusal("MALFORMED_QUERY", message);
      }
      const counting = fn.startsWith("count");
      const field = toNumberField(target?.field, counting || fn === "avg" || fn === "sum");
      const arg = target?.sql ?? "*";
      return { field, parents: [], sql: fn === "count_distinct" ? `count(DISTINCT ${arg})` : `${fn}(${arg})` };
    },
  };
}

function toNumberField(field: Field | undefined, isNumber: boolean): Field {
  if (field && !isNumber) return field;
  return { ...numberField, name: field?.name ?? "expr" };
}

const numberField: Field = {
  name: "expr",
  label: "Result",
  type: "double",
  custom: false,
  long: false,
  required: false,
  unique: false,
  caseSensitive: false,
  externalId: false,
  createable: false,
  updateable: false,
  permissionable: false,
  nameField: false,
  perUser: false,
};
