import { PASSAGE, toFolded, toPassages, toRuns, type Folded } from "../../model/passages.ts";
import { findPrints, type Words } from "../../model/prints.ts";
import { CUT } from "./erased.ts";

/** What says nothing by itself. */
const MUTE = /[\p{P}\s]/u;

/**
 * The text without what it repeats of these words: the whole of them, a sentence (20 characters or more), or any 40 characters
 * in a row, however they are spaced or capitalised. undefined: it repeats nothing. `closely`: where we put the words
 * ourselves, the whole of them counts from three characters on (of prints from 12 on, as ever).
 */
export function withoutQuotation(text: string, words: Words, closely = false): string | undefined {
  return withoutFormer(text, { former: [words], current: [], closely, mark: CUT });
}

export interface Replaced {
  readonly former: readonly Words[];
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

function toMarked(text: string, words: readonly Words[], closely: boolean): boolean[] {
  const marked = new Array<boolean>(text.length).fill(false);
  for (const one of words) {
    if (typeof one === "string") markWords(text, one, { closely, marked });
    else for (const [at, length] of findPrints(text, one)) marked.fill(true, at, at + length);
  }
  return marked;
}

function markWords(
  text: string,
  words: string,
  { closely, marked }: { readonly closely: boolean; readonly marked: boolean[] },
): void {
  for (const passage of toPassages(words, closely)) markAll(text, passage, marked);
  const known = new Set(toRuns(toFolded(words).text, PASSAGE));
  if (known.size === 0) return;
  for (const [at, run] of toRuns(text, PASSAGE).entries()) if (known.has(run)) marked.fill(true, at, at + PASSAGE);
}

function markAll(text: string, passage: string, marked: boolean[]): void {
  for (let at = text.indexOf(passage); at >= 0; at = text.indexOf(passage, at + 1)) {
    marked.fill(true, at, at + passage.length);
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
