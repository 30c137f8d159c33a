import type { Condition, Literal, Query } from "../query.ts";
import { Refusal } from "../refusal.ts";
import type { SqlValue } from "../store/database.ts";
import { toOperand, toRangeOperands } from "./literal.ts";
import type { Column, Scope } from "./scope.ts";

export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

export interface ConditionScope {
  readonly now: number;
  /** The column of a path; in HAVING also of an aggregate. */
  column(path: string): Column;
  /** The one column that a semi-join selects. */
  subquery(query: Query): Sql;
}

/** What SQL says for a condition. As in SOQL, `!=` and NOT IN are true of rows without a value. */
export function toSql(condition: Condition, scope: ConditionScope): Sql {
  switch (condition.op) {
    case "and":
    case "or": {
      if (condition.op === "or" && condition.terms.some(hasSubquery)) {
        throw new Refusal("MALFORMED_QUERY", "Semi join sub-selects are not allowed with the 'OR' operator");
      }
      const terms = condition.terms.map((term) => toSql(term, scope));
      const text = terms.map((term) => term.text).join(` ${condition.op.toUpperCase()} `);
      return { text: `(${text})`, values: terms.flatMap((term) => term.values) };
    }
    case "not": {
      const term = toSql(condition.term, scope);
      return { text: `NOT coalesce(${term.text}, 0)`, values: term.values };
    }
    case "compare":
      return toComparison(condition, scope);
    case "in":
      return toMembership(condition, scope);
  }
}

function toComparison({ path, operator, value }: Condition & { op: "compare" }, scope: ConditionScope): Sql {
  const column = filterable(scope.column(path));
  if (value.kind === "range") return toRangeSql(column, operator, value, scope.now);
  const operand = toOperand(column.field, value);
  if (operator === "=") return { text: `${column.sql} IS ?`, values: [operand] };
  if (operator === "!=") return { text: `${column.sql} IS NOT ?`, values: [operand] };
  if (operator !== "like") return { text: `${column.sql} ${operator} ?`, values: [operand] };
  if (typeof operand !== "string" || column.field.type === "id" || column.field.type === "reference") {
    throw new Refusal("INVALID_QUERY_FILTER_OPERATOR", `invalid operator on ${column.field.type} field`);
  }
  if (column.field.caseSensitive) return { text: `like_exact(?, ${column.sql})`, values: [operand] };
  return { text: `${column.sql} LIKE ? ESCAPE '\\'`, values: [operand] };
}

function toRangeSql(column: Column, operator: string, value: Literal & { kind: "range" }, now: number): Sql {
  const { sql, field } = column;
  const { from, to } = toRangeOperands(field, value, now);
  switch (operator) {
    case "=":
      return { text: `(${sql} >= ? AND ${sql} < ?)`, values: [from, to] };
    case "!=":
      return { text: `(${sql} IS NULL OR ${sql} < ? OR ${sql} >= ?)`, values: [from, to] };
    case "<":
      return { text: `${sql} < ?`, values: [from] };
    case ">=":
      return { text: `${sql} >= ?`, values: [from] };
    case "<=":
      return { text: `${sql} < ?`, values: [to] };
    case ">":
      return { text: `${sql} >= ?`, values: [to] };
    default:
      throw new Refusal("INVALID_QUERY_FILTER_OPERATOR", "invalid operator on a date field");
  }
}

/** The values go as one JSON list, so that lists of any length are one prepared statement. */
function toMembership({ path, not, values }: Condition & { op: "in" }, scope: ConditionScope): Sql {
  const { sql, field } = filterable(scope.column(path));
  if (!isList(values)) {
    const inner = scope.subquery(values);
    const text = not ? `(${sql} IS NULL OR ${sql} NOT IN (${inner.text}))` : `${sql} IN (${inner.text})`;
    return { text, values: inner.values };
  }
  const operands = values.map((value) => toOperand(field, value));
  const list = "SELECT value FROM json_each(?)";
  const known = JSON.stringify(operands.filter((operand) => operand !== null));
  const withNull = operands.includes(null);
  if (not) {
    const text = `(${sql} IS ${withNull ? "NOT NULL AND" : "NULL OR"} ${sql} NOT IN (${list}))`;
    return { text, values: [known] };
  }
  return { text: `(${sql} IN (${list})${withNull ? ` OR ${sql} IS NULL` : ""})`, values: [known] };
}

function isList(values: readonly Literal[] | Query): values is readonly Literal[] {
  return Array.isArray(values);
}

function hasSubquery(condition: Condition): boolean {
  if (condition.op === "in") return !isList(condition.values);
  if (condition.op === "not") return hasSubquery(condition.term);
  return condition.op !== "compare" && condition.terms.some(hasSubquery);
}

function filterable(column: Column): Column {
  if (!column.field.long) return column;
  const message = `field '${column.field.name}' can not be filtered in a query call`;
  throw new Refusal("INVALID_FIELD", message);
}

/** ORDER BY of one scope. */
export function toOrderSql(
  items: readonly { path: string; descending: boolean; nullsLast: boolean }[],
  scope: Pick<Scope, "column">,
): string {
  const parts = items.map((item) => {
    const { sql, field } = scope.column(item.path);
    if (field.long) {
      throw new Refusal("INVALID_FIELD", `field '${field.name}' can not be sorted in a query call`);
    }
    return `${sql} ${item.descending ? "DESC" : "ASC"} NULLS ${item.nullsLast ? "LAST" : "FIRST"}`;
  });
  return parts.join(", ");
}
