/** A text as a SOQL literal; half a character becomes the sign for one that is unknown, as in what we write. */
export function quoted(text: string): string {
  const escaped = text.toWellFormed().replace(/[\\'"\n\r\t\b\f]/g, (char) => ESCAPES[char] ?? char);
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

/** The path of a query as a step of a composite. */
export function queryPath(soql: string): string {
  return `query?q=${encodeURIComponent(soql)}`;
}
