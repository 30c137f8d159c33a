import type { Literal } from "../query.ts";
import { Refusal } from "../refusal.ts";
import type { Field } from "../schema.ts";
import type { SqlValue } from "../store/database.ts";
import { isId, toFullId } from "../store/ids.ts";
import { toDateText, toTime } from "../store/times.ts";
import { toRange, type Range } from "./date-range.ts";

/** A literal as the field's column holds it; empty text is no value. Refuses literals of another type. */
export function toOperand(field: Field, literal: Literal): SqlValue {
  if (literal.kind === "null" || (literal.kind === "string" && literal.value === "")) return null;
  switch (field.type) {
    case "boolean":
      return literal.kind === "boolean" ? Number(literal.value) : refuse(field, "boolean", false);
    case "int":
    case "double":
    case "currency":
    case "percent":
      return literal.kind === "number" ? literal.value : refuse(field, "double", false);
    case "datetime":
      return literal.kind === "datetime"
        ? (toTime(literal.value) ?? refuse(field, "dateTime", false))
        : refuse(field, "dateTime", false);
    case "date":
      return literal.kind === "date" ? (toDateText(literal.value) ?? null) : refuse(field, "date", false);
    case "id":
    case "reference":
      return toIdOperand(field, literal);
    default:
      return literal.kind === "string" ? literal.value : refuse(field, "string", true);
  }
}

/** The range of a date literal, as the column holds its ends. */
export function toRangeOperands(
  field: Field,
  literal: Literal & { kind: "range" },
  now: number,
): { from: SqlValue; to: SqlValue } {
  if (field.type !== "date" && field.type !== "datetime") return refuse(field, "string", true);
  const range: Range = toRange(literal.name, literal.n, now);
  if (field.type === "datetime") return range;
  return { from: new Date(range.from).toISOString().slice(0, 10), to: new Date(range.to).toISOString().slice(0, 10) };
}

function toIdOperand(field: Field, literal: Literal): SqlValue {
  if (literal.kind !== "string") return refuse(field, "string", true);
  if (isId(literal.value)) return toFullId(literal.value);
  throw new Refusal("INVALID_QUERY_FILTER_OPERATOR", `invalid ID field: ${literal.value}`);
}

function refuse(field: Field, type: string, quoted: boolean): never {
  const quotes = quoted ? "should be enclosed in quotes" : "should not be enclosed in quotes";
  const message = `value of filter criterion for field '${field.name}' must be of type ${type} and ${quotes}`;
  throw new Refusal("INVALID_FIELD", message);
}
