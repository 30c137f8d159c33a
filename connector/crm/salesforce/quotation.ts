import { CUT } from "./erased.ts";

/** From so many characters on a passage is no coincidence any more. */
const PASSAGE = 40;
const SENTENCE = 20;
const WHOLE = 12;
const SHORT_WHOLE = 3;
const LEADING_NAMES = /^(?:\s*@[\p{L}\p{N}_.@-]+[\s,:]*)+/u;
/** What says nothing by itself. */
const MUTE = /[\p{P}\s]/u;
const ENDS = /(?<=[.!?\u2026\u3002])\s+|\n+/u;

/** A text in small letters with single spaces, and where each of its characters stood. */
interface Folded {
  readonly text: string;
  readonly at: readonly number[];
}

/**
 * The text without what it repeats of these words: the whole of them, a sentence (20 characters or more), or any 40 characters
 * in a row, however they are spaced or capitalised. undefined: it repeats nothing. `closely`: where we put the words
 * ourselves, the whole of them counts from three characters on.
 */
export function withoutQuotation(text: string, words: string, closely = false): string | undefined {
  return withoutFormer(text, { former: [words], current: [], closely, mark: CUT });
}

export interface Replaced {
  readonly former: readonly string[];
  /** What would be cut out as a quotation of these stays: their author still says so. */
  readonly current: readonly string[];
  readonly closely: boolean;
  /** Stands where something was cut out. */
  readonly mark: string;
}

/** The text without what it repeats of former words only. undefined: of them it repeats nothing. */
export function withoutFormer(text: string, { former, current, closely, mark }: Replaced): string | undefined {
  const folded = toFolded(text);
  const marked = toMarked(folded.text, former, closely);
  if (!marked.includes(true)) return undefined;
  const kept = toMarked(folded.text, current, closely);
  // The full stop of a sentence that goes on now is worth no mark.
  for (let index = 1; index < kept.length; index++)
    if (kept[index - 1] === true && MUTE.test(folded.text.charAt(index))) kept[index] = true;
  const left = marked.map((isMarked, index) => isMarked && kept[index] !== true);
  return left.includes(true) ? cut(text, folded, left, mark) : undefined;
}

function toMarked(text: string, words: readonly string[], closely: boolean): boolean[] {
  const marked = new Array<boolean>(text.length).fill(false);
  for (const one of words) {
    for (const passage of toPassages(one, closely)) markAll(text, passage, marked);
    markRuns(text, toFolded(one).text, marked);
  }
  return marked;
}

function toPassages(words: string, closely: boolean): readonly string[] {
  const bare = words.replace(LEADING_NAMES, "");
  const wholes = [words, bare].filter((one) => one.trim().length >= (closely ? SHORT_WHOLE : WHOLE));
  const sentences = bare.split(ENDS).filter((one) => one.trim().length >= SENTENCE);
  return [...wholes, ...sentences].map((one) => toFolded(one.trim()).text);
}

function markAll(text: string, passage: string, marked: boolean[]): void {
  for (let at = text.indexOf(passage); at >= 0; at = text.indexOf(passage, at + 1)) {
    marked.fill(true, at, at + passage.length);
  }
}

function markRuns(text: string, words: string, marked: boolean[]): void {
  const known = new Set<string>();
  for (let at = 0; at + PASSAGE <= words.length; at++) known.add(words.slice(at, at + PASSAGE));
  if (known.size === 0) return;
  for (let at = 0; at + PASSAGE <= text.length; at++) {
    if (known.has(text.slice(at, at + PASSAGE))) marked.fill(true, at, at + PASSAGE);
  }
}

/** A space at either end of a passage belongs to what stays. */
function cut(text: string, folded: Folded, marked: readonly boolean[], mark: string): string {
  const { at } = folded;
  let kept = "";
  let from = 0;
  for (let index = 0; index < marked.length; index++) {
    if (marked[index] !== true || folded.text.charAt(index) === " ") continue;
    let end = index;
    while (marked[end + 1] === true) end++;
    if (folded.text.charAt(end) === " ") end--;
    kept += `${text.slice(from, at[index])}${mark}`;
    from = at[end + 1] ?? text.length;
    index = end;
  }
  return kept + text.slice(from);
}

function toFolded(text: string): Folded {
  const at: number[] = [];
  let folded = "";
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    const isSpace = /\s/u.test(char);
    if (isSpace && folded.endsWith(" ")) continue;
    // What grows with its small letter (İ) stays as it is: every character keeps its place.
    const small = char.toLowerCase();
    folded += isSpace ? " " : small.length === 1 ? small : char;
    at.push(index);
  }
  return { text: folded, at };
}
