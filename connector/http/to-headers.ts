import { Refused } from "../errors.ts";

/** What is said twice could mean one thing to a proxy that checked it, and another one to us. */
const ONCE = /^(?:webhook|content|transfer)-/;

/** Headers by lower-case name, from names and values in turn. Throws `Refused` where one that decides anything comes twice. */
export function toHeaders(raw: readonly string[]): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    if (headers.has(name) && ONCE.test(name))
      throw new Refused(400, "A header of this request came twice: send it once.");
    headers.set(name, raw[at + 1] ?? "");
  }
  return Object.fromEntries(headers);
}
