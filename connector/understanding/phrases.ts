export interface Found<T> {
  /** The place of its first word. */
  readonly at: number;
  readonly length: number;
  readonly value: T;
}

interface Phrase<T> {
  readonly words: readonly string[];
  readonly value: T;
}

/** Phrases by their first word, the longest first: most words of a text begin none, and cost one look. */
export type PhraseBook<T> = ReadonlyMap<string, readonly Phrase<T>[]>;

/** Of two equal phrases the last one holds. */
export function toPhraseBook<T>(phrases: Iterable<readonly [phrase: string, value: T]>): PhraseBook<T> {
  const all = [...new Map(phrases)].map(([phrase, value]): Phrase<T> => ({ words: phrase.split(" "), value }));
  return Map.groupBy(
    all.sort((one, other) => other.words.length - one.words.length),
    ({ words }) => words[0] ?? "",
  );
}

/** The phrases of a text, the longest at each place, none over another: `thanks for nothing` is no `thanks`. */
export function findPhrases<T>(words: readonly string[], book: PhraseBook<T>): readonly Found<T>[] {
  const found: Found<T>[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const hit = phraseAt(words, at, book);
    if (hit === undefined) continue;
    found.push({ at, length: hit.words.length, value: hit.value });
    at += hit.words.length - 1;
  }
  return found;
}

function phraseAt<T>(words: readonly string[], at: number, book: PhraseBook<T>): Phrase<T> | undefined {
  return book.get(words[at] ?? "")?.find((phrase) => phrase.words.every((word, index) => words[at + index] === word));
}

/** Does it hold one of these phrases? */
export function hasPhrase(words: readonly string[], book: PhraseBook<unknown>): boolean {
  return words.some((_, at) => phraseAt(words, at, book) !== undefined);
}
