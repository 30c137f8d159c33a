export interface Found<T> {
  /** The place of its first word. */
  readonly at: number;
  readonly length: number;
  readonly value: T;
}

const LONGEST = 5;

/** The phrases of a text, the longest at each place, none over another: `thanks for nothing` is no `thanks`. */
export function findPhrases<T>(
  words: readonly string[],
  value: (phrase: string) => T | undefined,
): readonly Found<T>[] {
  const found: Found<T>[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const hit = longestAt(words, at, value);
    if (hit === undefined) continue;
    found.push(hit);
    at += hit.length - 1;
  }
  return found;
}

function longestAt<T>(
  words: readonly string[],
  at: number,
  value: (phrase: string) => T | undefined,
): Found<T> | undefined {
  for (let length = Math.min(LONGEST, words.length - at); length > 0; length -= 1) {
    const hit = value(words.slice(at, at + length).join(" "));
    if (hit !== undefined) return { at, length, value: hit };
  }
  return undefined;
}

/** Does it hold one of these phrases? */
export function hasPhrase(words: readonly string[], phrases: ReadonlySet<string>): boolean {
  return findPhrases(words, (phrase) => phrases.has(phrase) || undefined).length > 0;
}
