import type { Condition, Literal, Operator } from "../../org/query.ts";
import type { Field, ObjectType } from "../../org/schema.ts";
import type { ListFilter, ListView } from "../metadata/list-view.ts";
import { toListPath } from "./list-path.ts";

const OPERATORS: Readonly<Record<string, Operator>> = {
  equals: "=",
  notEqual: "!=",
  lessThan: "<",
  lessOrEqual: "<=",
  greaterThan: ">",
  greaterOrEqual: ">=",
};

/** What a list view shows: its scope and its filters, all of which must hold. */
export function toCondition(
  { filterScope, filters }: ListView,
  object: ObjectType,
  userId: string,
): Condition | undefined {
  const terms = filters.map((filter) => toTerm(filter, object));
  if (filterScope === "Mine") {
    terms.unshift({ op: "compare", path: "OwnerId", operator: "=", value: { kind: "string", value: userId } });
  }
  return terms.length === 0 ? undefined : { op: "and", terms };
}

function toTerm({ field: column, operation, value }: ListFilter, object: ObjectType): Condition {
  const path = toListPath(object, column);
  if (path === undefined) throw new Error(`A list view filters by ${column}, which ${object.name} does not have.`);
  const field = object.field(path);
  const values = value === "" ? [""] : value.split(",").map((one) => one.trim());
  if (operation === "notEqual" || operation === "notContain") {
    return {
      op: "not",
      term: toTerm({ field: column, operation: operation === "notEqual" ? "equals" : "contains", value }, object),
    };
  }
  const terms = values.map((one) => compare({ path, field, operation, value: one }));
  return terms.length === 1 && terms[0] !== undefined ? terms[0] : { op: "or", terms };
}

function compare(term: { path: string; field: Field | undefined; operation: string; value: string }): Condition {
  const { path, field, operation, value } = term;
  const pattern = { contains: `%${value}%`, startsWith: `${value}%` }[operation];
  if (pattern !== undefined)
    return { op: "compare", path, operator: "like", value: { kind: "string", value: pattern } };
  const operator = OPERATORS[operation];
  if (operator === undefined)
    throw new Error(`A list view filters by "${operation}", which the console does not know.`);
  return { op: "compare", path, operator, value: toLiteral(field, value) };
}

function toLiteral(field: Field | undefined, value: string): Literal {
  if (value === "") return { kind: "null" };
  switch (field?.type) {
    case "boolean":
      return { kind: "boolean", value: value === "1" || value.toLowerCase() === "true" };
    case "int":
    case "double":
    case "currency":
    case "percent":
      return { kind: "number", value: Number(value) };
    case "date":
    case "datetime": {
      const [name = value, n] = value.split(":");
      if (/^[A-Z_]+$/.test(name)) return { kind: "range", name, ...(n === undefined ? {} : { n: Number(n) }) };
      return field.type === "date"
        ? { kind: "date", value }
        : { kind: "datetime", value: new Date(value).toISOString() };
    }
    default:
      return { kind: "string", value };
  }
}
