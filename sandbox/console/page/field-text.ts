import { h } from "./dom.ts";
import { recordUrl } from "./routes.ts";

const DATE_TIME = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" });
const DATE = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
const NUMBER = new Intl.NumberFormat("en-US");

export interface ShownValue {
  readonly type: string;
  readonly value: unknown;
  /** The words for the value where they differ: a picklist's label, a parent's name. */
  readonly text?: string | null | undefined;
  readonly parentObject?: string | undefined;
}

/** A field's value as a person reads it; an empty text for none. */
export function fieldText({ type, value, text }: ShownValue): string {
  if (value === null || value === undefined) return "";
  if (type === "boolean") return value === true ? "Yes" : "No";
  if (text !== undefined && text !== null && text !== "") return text;
  if (typeof value === "number") return NUMBER.format(value);
  if (typeof value !== "string") return "";
  if (type === "datetime") return DATE_TIME.format(new Date(value));
  return type === "date" ? DATE.format(new Date(value)) : value;
}

/** The value to put on the page: a parent, a mail address or a web address is a link. */
export function fieldContent(shown: ShownValue): Node | string {
  const text = fieldText(shown);
  if (text === "" || typeof shown.value !== "string") return text;
  if (shown.type === "reference" && shown.parentObject !== undefined && shown.parentObject !== "User") {
    return h("a", { href: recordUrl(shown.parentObject, shown.value) }, text);
  }
  if (shown.type === "email") return h("a", { href: `mailto:${shown.value}` }, text);
  if (/^https?:\/\//.test(shown.value)) return h("a", { href: shown.value, target: "_blank", rel: "noopener" }, text);
  return text;
}
