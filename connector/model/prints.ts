import { hash, randomBytes } from "node:crypto";
import { PASSAGE, toFolded, toPassages, toRuns } from "./passages.ts";

/**
 * What a text said, so that it is known again where somebody repeats it, and cannot be read: digests of its passages, salted,
 * by the passages' lengths. A passage that is longer is told by its runs.
 */
export interface Prints {
  readonly salt: string;
  readonly byLength: Readonly<Record<string, string>>;
}

/** What somebody said, or what is left of it. */
export type Words = string | Prints;

/** One version of a post, as far as it is remembered. */
export interface Said {
  readonly version: number;
  readonly isPublic: boolean;
  readonly words: Words;
}

/** So many characters of base64 are one digest: 48 bits. */
const DIGEST = 8;

export function toPrints(words: string, salt = randomBytes(12).toString("base64")): Prints {
  const short = toPassages(words, false).filter((passage) => passage.length < PASSAGE);
  const passages = [...new Set([...short, ...toRuns(toFolded(words).text, PASSAGE)])];
  const groups = Map.groupBy(passages, (passage) => passage.length);
  const byLength = [...groups].map(([length, some]) => [length, some.map((one) => toDigest(salt, one)).join("")]);
  return { salt, byLength: Object.fromEntries(byLength) as Prints["byLength"] };
}

/** Where a folded text repeats what left these prints: from, and how many characters. */
export function findPrints(
  text: string,
  { salt, byLength }: Prints,
): readonly (readonly [at: number, length: number])[] {
  return Object.entries(byLength).flatMap(([key, digests]) => {
    const length = Number(key);
    const known = new Set(digests.match(new RegExp(`.{${DIGEST}}`, "g")));
    return toRuns(text, length).flatMap((run, at) => (known.has(toDigest(salt, run)) ? [[at, length] as const] : []));
  });
}

function toDigest(salt: string, passage: string): string {
  return hash("sha256", salt + passage, "base64").slice(0, DIGEST);
}
