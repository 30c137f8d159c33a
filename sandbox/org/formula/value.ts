import type { Actor } from "../access.ts";
import type { ObjectType } from "../schema.ts";

/** Dates and times are milliseconds. */
export type Value = string | number | boolean | null;

/** Picklists stand apart from text, for Salesforce takes them only inside certain functions. */
export type Kind = "text" | "picklist" | "number" | "boolean" | "date" | "datetime" | "null";

export type FormulaRow = Readonly<Record<string, string | number | null>>;

/** What a formula is evaluated against: the row as it would be saved, and as it was. */
export interface Setting {
  readonly row: FormulaRow;
  /** Absent where the row is new. */
  readonly prior?: FormulaRow;
  readonly actor: Actor;
  readonly now: number;
  parent(object: ObjectType, id: string): FormulaRow | undefined;
}

/** A piece of a formula, ready to run. */
export interface Term {
  readonly kind: Kind;
  run(setting: Setting): Value;
}

/** No value, or text without a character. */
export function isBlank(value: Value): boolean {
  return value === null || value === "";
}

export function isTime(kind: Kind): boolean {
  return kind === "date" || kind === "datetime";
}
