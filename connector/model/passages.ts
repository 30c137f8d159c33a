/** From so many characters on a passage is no coincidence any more. */
export const PASSAGE = 40;
const SENTENCE = 20;
const WHOLE = 12;
const SHORT_WHOLE = 3;
const LEADING_NAMES = /^(?:\s*@[\p{L}\p{N}_.@-]+[\s,:]*)+/u;
const ENDS = /(?<=[.!?\u2026\u3002])\s+|\n+/u;
/** Of no width: it may have been put into a text on its way. */
const WORD_JOINER = "\u2060";

/** A text in small letters with single spaces, and where each of its characters stood. */
export interface Folded {
  readonly text: string;
  readonly at: readonly number[];
}

export function toFolded(text: string): Folded {
  const at: number[] = [];
  let folded = "";
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    const isSpace = /\s/u.test(char);
    if (char === WORD_JOINER || (isSpace && folded.endsWith(" "))) continue;
    // What grows with its small letter (İ) stays as it is: every character keeps its place.
    const small = char.toLowerCase();
    folded += isSpace ? " " : small.length === 1 ? small : char;
    at.push(index);
  }
  return { text: folded, at };
}

/**
 * What repeats these words when it stands somewhere as it is, folded: the whole of them, or a sentence. `closely`: the whole
 * counts from three characters on. Beside these, every run of `PASSAGE` characters does.
 */
export function toPassages(words: string, closely: boolean): readonly string[] {
  const bare = words.replace(LEADING_NAMES, "");
  const wholes = [words, bare].filter((one) => one.trim().length >= (closely ? SHORT_WHOLE : WHOLE));
  const sentences = bare.split(ENDS).filter((one) => one.trim().length >= SENTENCE);
  return [...wholes, ...sentences].map((one) => toFolded(one.trim()).text);
}

/** All runs of `length` characters, in their order. */
export function toRuns(text: string, length: number): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length));
}
