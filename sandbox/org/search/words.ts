/** One word, or some that follow each other: what each must look like, in lower case. */
export type Term = readonly RegExp[];

/** A text as the index holds it: its words in lower case, without what stands between them. */
export function toWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Words that a text must hold, each wherever it stands, by their beginnings. */
export function toBeginnings(text: string): readonly Term[] {
  return toWords(text).map((word) => [new RegExp(`^${word}`, "u")]);
}

/** A phrase or a word as SOSL has it: `*` stands for any letters, `?` for one, and a backslash takes the meaning away. */
export function toTerm(text: string): Term {
  const plain = text.replace(/\\([\s\S])/g, (_whole, sign: string) => (/[*?]/.test(sign) ? " " : sign));
  const words = plain.toLowerCase().match(/[\p{L}\p{N}*?]+/gu) ?? [];
  return words.map((word) => new RegExp(`^${word.replaceAll("*", ".*").replaceAll("?", ".")}$`, "u"));
}

/** Do these texts together hold all terms? A phrase stands in one of them. */
export function holdsAll(texts: readonly string[], terms: readonly Term[]): boolean {
  const held = texts.map(toWords);
  return terms.every((term) => held.some((words) => holds(words, term)));
}

function holds(words: readonly string[], term: Term): boolean {
  return words.some((_word, at) => term.every((part, ahead) => part.test(words[at + ahead] ?? "")));
}
