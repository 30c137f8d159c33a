import { Refusal } from "../refusal.ts";
import type { Condition, Literal, Operator } from "../query.ts";
import type { Field, ObjectType, Schema } from "../schema.ts";

export type Filter = Readonly<Record<string, unknown>>;

const OPERATORS: Readonly<Record<string, Operator>> = {
  eq: "=",
  ne: "!=",
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
  like: "like",
};

/** A `where` argument as a condition; undefined if it asks for nothing. Members side by side must all hold. */
export function toCondition(schema: Schema, object: ObjectType, filter: Filter, prefix = ""): Condition | undefined {
  const terms = Object.entries(filter).map(([name, inner]): Condition | undefined => {
    if (inner === null || inner === undefined) return undefined;
    if (name === "and" || name === "or") {
      return join(
        name,
        (inner as readonly Filter[]).map((one) => toCondition(schema, object, one, prefix)),
      );
    }
    if (name === "not") {
      const term = toCondition(schema, object, inner as Filter, prefix);
      return term && { op: "not", term };
    }
    const field = object.field(name);
    if (field) return toComparisons(field, `${prefix}${field.name}`, inner as Filter);
    const parent = schema.object(object.parent(name)?.reference?.to[0] ?? "");
    return parent && toCondition(schema, parent, inner as Filter, `${prefix}${name}.`);
  });
  return join("and", terms);
}

function join(op: "and" | "or", terms: readonly (Condition | undefined)[]): Condition | undefined {
  const given = terms.filter((term) => term !== undefined);
  return given.length <= 1 ? given[0] : { op, terms: given };
}

function toComparisons(field: Field, path: string, comparisons: Filter): Condition | undefined {
  const terms = Object.entries(comparisons).map(([name, operand]): Condition => {
    const operator = OPERATORS[name];
    if (operator) return { op: "compare", path, operator, value: toLiteral(field, operand) };
    if (!Array.isArray(operand)) throw new Refusal("INVALID_FIELD", `${name} of ${path} needs a list.`);
    return { op: "in", path, not: name === "nin", values: operand.map((one: unknown) => toLiteral(field, one)) };
  });
  return join("and", terms);
}

function toLiteral(field: Field, operand: unknown): Literal {
  if (operand === null || operand === undefined) return { kind: "null" };
  if (field.type === "date" || field.type === "datetime") return toDateLiteral(field.type, operand as Filter);
  if (typeof operand === "number") return { kind: "number", value: operand };
  if (typeof operand === "boolean") return { kind: "boolean", value: operand };
  return { kind: "string", value: operand as string };
}

/** `{ value: "2026-11-22" }`, `{ literal: TODAY }` or `{ range: { last_n_days: 7 } }`. */
function toDateLiteral(kind: "date" | "datetime", { value, literal, range }: Filter): Literal {
  if (typeof value === "string") return { kind, value };
  if (typeof literal === "string") return { kind: "range", name: literal };
  const [name, n] = Object.entries((range ?? {}) as Record<string, number>)[0] ?? [];
  return name === undefined
    ? { kind: "null" }
    : { kind: "range", name: name.toUpperCase(), ...(n === undefined ? {} : { n }) };
}
