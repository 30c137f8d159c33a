import { toFull } from "./abbreviations.ts";
import { undisguise } from "./disguise.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import { toTokens } from "./words.ts";

/** A text ready to be understood in one language. */
export interface Sentence {
  /** In the dictionary's spelling; what separates two parts stands as `.`, so that no phrase reaches over it. */
  readonly words: readonly string[];
  /** The places of the words in capitals. */
  readonly loud: ReadonlySet<number>;
  readonly faces: readonly string[];
  readonly asks: boolean;
  readonly exclamations: number;
}

/** `l'avion`, `d'attente`, `qu'annulé` */
const ELISION = /^(?:[cdjlmnst]|qu)'(.+)$/u;

export const BREAK = ".";

/** Reads the words as this language means them: abbreviations in full, disguises lifted, endings taken off. */
export function toSentence(text: string, lexicon: Lexicon, topicWords: ReadonlySet<string>): Sentence {
  const words: string[] = [];
  const loud = new Set<number>();
  const faces: string[] = [];
  const isKnown = (word: string): boolean => lexicon.vocabulary.has(word) || topicWords.has(word);
  const tokens = toTokens(text);
  for (const token of tokens) {
    if (token.kind === "face") faces.push(token.text);
    else if (token.kind === "stop") words.push(BREAK);
    else {
      if (token.loud) loud.add(words.length);
      words.push(...toFull(token.text).map((word) => toBase(undisguise(word, isKnown), lexicon, isKnown)));
    }
  }
  const stops = tokens.filter(({ kind }) => kind === "stop").map((token) => token.text);
  const exclamations = stops.join("").split("!").length - 1;
  return { words, loud, faces, asks: stops.some((stop) => /[?؟？]/u.test(stop)), exclamations };
}

function toBase(word: string, { endings }: Lexicon, isKnown: (word: string) => boolean): string {
  if (isKnown(word)) return word;
  const bare = ELISION.exec(word)?.[1];
  if (bare !== undefined && isKnown(bare)) return bare;
  for (const [ending, replacement] of endings) {
    if (!word.endsWith(ending) || word.length - ending.length < 3) continue;
    const base = word.slice(0, word.length - ending.length) + replacement;
    if (isKnown(base)) return base;
  }
  return word;
}
