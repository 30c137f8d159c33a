import { Refusal } from "../refusal.ts";
import type { Field } from "../schema.ts";
import type { JsonValue } from "../store.ts";
import type { SqlValue } from "./database.ts";
import { toDateText, toSeconds, toTime, toTimeText } from "./times.ts";

/**
 * A client's value as it is stored. Refuses what the field cannot hold: too long, not a number, not among the values of
 * a restricted picklist. References are checked elsewhere, since that takes the rows.
 */
export function toStored(field: Field, value: unknown): SqlValue {
  if (value === null || value === undefined || value === "") return field.type === "boolean" ? 0 : null;
  switch (field.type) {
    case "boolean":
      return toFlag(value);
    case "int":
    case "double":
    case "currency":
    case "percent":
      return toNumber(field, value);
    case "date":
      return toDateText(expectText(value)) ?? refuseType("date", value);
    case "datetime":
      return toSeconds(toTime(expectText(value)) ?? refuseType("datetime", value));
    default:
      return toText(field, value);
  }
}

/** A stored value as the REST API answers it. */
export function toJson(field: Field, value: SqlValue): JsonValue {
  if (field.type === "boolean") return value === 1;
  if (field.type === "datetime" && typeof value === "number") return toTimeText(value);
  return value;
}

function toFlag(value: unknown): SqlValue {
  if (value === true || value === "true") return 1;
  if (value === false || value === "false") return 0;
  return refuseType("boolean", value);
}

function toNumber(field: Field, value: unknown): number {
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return refuseType("double", value);
  if (field.precision === undefined) return field.type === "int" ? Math.round(number) : number;
  const scale = field.scale ?? 0;
  if (Math.abs(number) >= 10 ** (field.precision - scale)) {
    const message = `${field.label}: value outside of valid range on numeric field: ${number}`;
    throw new Refusal("NUMBER_OUTSIDE_VALID_RANGE", message, { fields: [field.name] });
  }
  return Math.round(number * 10 ** scale) / 10 ** scale;
}

/** Nothing is blank at either end, and in long text the end of a line is two characters, in limits and formulas too. */
function toText(field: Field, value: unknown): string | null {
  const trimmed = expectText(value).trim();
  if (trimmed === "") return null;
  const text = field.type === "textarea" ? trimmed.replace(/\r\n?|\n/g, "\r\n") : trimmed;
  if (field.length !== undefined && text.length > field.length) {
    const message = `${field.label}: data value too large: ${text} (max length=${field.length})`;
    throw new Refusal("STRING_TOO_LONG", message, { fields: [field.name] });
  }
  if (field.type === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
    throw new Refusal("INVALID_EMAIL_ADDRESS", `${field.label}: invalid email address: ${text}`, {
      fields: [field.name],
    });
  }
  return field.picklist?.restricted ? toPicklistValue(field, text) : text;
}

function toPicklistValue(field: Field, text: string): string {
  const known = field.picklist?.values ?? [];
  const chosen = field.type === "multipicklist" ? text.split(";") : [text];
  const wrong = chosen.find((value) => !known.some((each) => each.value === value));
  if (wrong === undefined) return text;
  const message = `${field.label}: bad value for restricted picklist field: ${wrong}`;
  throw new Refusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, { fields: [field.name] });
}

function expectText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return refuseType("string", value);
}

/** Wrong JSON types fail the whole request on Salesforce, not just their row. */
function refuseType(type: string, value: unknown): never {
  const shown = typeof value === "object" ? "START_OBJECT" : `VALUE value ${JSON.stringify(value)}`;
  const message = `Cannot deserialize instance of ${type} from ${shown} or request may be missing a required field`;
  throw new Refusal("JSON_PARSER_ERROR", message);
}
