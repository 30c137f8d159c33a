import type { Field } from "../schema.ts";
import type { JsonValue } from "../store.ts";

const NUMBER = new Intl.NumberFormat("en-US", { maximumFractionDigits: 18 });
const DATE = new Intl.DateTimeFormat("en-US", { dateStyle: "short", timeZone: "UTC" });
const DATE_TIME = new Intl.DateTimeFormat("en-US", { dateStyle: "short", timeStyle: "short", timeZone: "UTC" });

/** A value as the UI API and GraphQL give it: times end in Z, where the REST API writes an offset. */
export function toUiValue(field: Field, value: JsonValue): JsonValue {
  return field.type === "datetime" && typeof value === "string" ? value.replace(/\+0000$/, "Z") : value;
}

/** The words people read for a value; null where the value itself is what they read. */
export function toDisplayValue(field: Field, value: JsonValue): string | null {
  if (value === null) return null;
  switch (field.type) {
    case "picklist":
      return field.picklist?.values.find((option) => option.value === value)?.label ?? String(value);
    case "date":
      return DATE.format(new Date(String(value)));
    case "datetime":
      return DATE_TIME.format(new Date(String(value).replace(/\+0000$/, "Z")));
    case "int":
    case "double":
    case "currency":
      return NUMBER.format(Number(value));
    case "percent":
      return `${NUMBER.format(Number(value))}%`;
    default:
      return null;
  }
}
