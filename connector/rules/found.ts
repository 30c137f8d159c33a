import { NAMES, type NameType } from "./names.ts";

/** Why a condition cannot be used: a sentence for who wrote it, which says how to mend it. */
export class Unusable extends Error {
  override readonly name = "Unusable";
}

/** What a rule may ask, beside what all may. */
export interface Allowed {
  /** What is known only when response and priority are decided. */
  readonly late: boolean;
  /** All topics that readings have; absent: any. */
  readonly topics?: readonly string[] | undefined;
}

export type Type = NameType | "list of numbers";

/** What a part of a condition turned out to be. */
export interface Found {
  readonly type: Type;
  /** The name, where it is one. */
  readonly name?: string;
  /** What was written out, where something was. */
  readonly literal?: string | number | boolean | readonly (string | number)[];
}

export function toArticle(type: Type): string {
  return type === "yes or no" ? type : `a ${type}`;
}

/** How something of this name and type is asked. */
export function toExample({ name, type }: Found): string {
  if (name === undefined) return 'intent == "question"';
  if (type === "number") return `${name} >= 10`;
  return type === "text" ? `${name} == "…"` : `"…" in ${name}`;
}

export function toNameList({ late }: Allowed): string {
  const names = Object.entries(NAMES).filter(([, { isLate }]) => late || isLate !== true);
  return `The names are ${names.map(([name]) => name).join(", ")}. A text stands in quotes.`;
}

export function toQuotedList(texts: readonly string[]): string {
  return texts.map((text) => `"${text}"`).join(", ");
}
