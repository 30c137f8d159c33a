import type { FieldDescription } from "../contract.ts";
import { h } from "./dom.ts";

type InputElement = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** An input for one field, filled, and how to read it back. */
export interface FieldInput {
  readonly element: InputElement;
  /** The value to write; null for none. */
  read(): string | number | boolean | null;
}

const TYPES: Readonly<Record<string, string>> = {
  boolean: "checkbox",
  date: "date",
  datetime: "datetime-local",
  email: "email",
  phone: "tel",
  int: "number",
  double: "number",
  currency: "number",
  percent: "number",
};

export function fieldInput(field: FieldDescription, id: string, value: unknown): FieldInput {
  if (field.values !== undefined) return toPicklist(field, id, value);
  if (field.type === "textarea") {
    const element = h("textarea", { ...common(field, id), class: "slds-textarea", rows: "4" });
    element.value = toText(value);
    return { element, read: () => textOrNull(element.value) };
  }
  const type = TYPES[field.type] ?? "text";
  const element = h("input", { ...common(field, id), class: type === "checkbox" ? "" : "slds-input", type });
  if (type === "checkbox") {
    element.checked = value === true;
    return { element, read: () => element.checked };
  }
  if (type === "number") {
    element.step = "any";
    element.value = toText(value);
    return { element, read: () => (element.value === "" ? null : Number(element.value)) };
  }
  if (type === "datetime-local") {
    element.value = typeof value === "string" ? toLocal(new Date(value)) : "";
    return { element, read: () => (element.value === "" ? null : new Date(element.value).toISOString()) };
  }
  element.value = toText(value);
  return { element, read: () => textOrNull(element.value) };
}

/** A value that is set but no longer offered stays choosable. */
function toPicklist(field: FieldDescription, id: string, value: unknown): FieldInput {
  const offered = field.values ?? [];
  const isOffered = value === null || value === undefined || offered.some((option) => option.value === value);
  const options = isOffered ? offered : [{ value: toText(value), label: toText(value) }, ...offered];
  const element = h(
    "select",
    { ...common(field, id), class: "slds-select" },
    h("option", { value: "" }, "--None--"),
    ...options.map((option) => h("option", { value: option.value }, option.label)),
  );
  element.value = toText(value);
  return { element, read: () => textOrNull(element.value) };
}

const common = ({ name, isRequired, length }: FieldDescription, id: string) => ({
  id,
  name,
  required: isRequired,
  ...(length === undefined ? {} : { maxlength: String(length) }),
});

const toText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

const textOrNull = (text: string): string | null => (text === "" ? null : text);

/** `2026-11-22T10:00` in the browser's zone, as the input wants it. */
const toLocal = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
