import { toInert } from "./inert.ts";

/** A text as a SOQL literal, as it stands in the rows that we write. */
export function quoted(text: string): string {
  const escaped = toInert(text).replace(/[\\'"\n\r\t\b\f]/g, (char) => ESCAPES[char] ?? char);
  return `'${escaped}'`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "\\'",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

/** `field IN ('a','b')`; for no values a condition that is never true and costs nothing. */
export function isIn(field: string, values: Iterable<string>): string {
  const unique = [...new Set(values)];
  return unique.length === 0 ? "Id = null" : `${field} IN (${unique.map(quoted).join(",")})`;
}

/** The path of a query as a step of a composite. "queryAll" sees what is deleted, too. */
export function queryPath(soql: string, resource: "query" | "queryAll" = "query"): string {
  return `${resource}?q=${encodeURIComponent(soql)}`;
}

/** Salesforce takes at most five queries in a composite. */
export const MOST_QUERIES = 5;
