import { toPhraseBook, type PhraseBook } from "../phrases.ts";

/** Words and phrases of one weight, separated by commas. Weights lie between -1 (worst) and 1 (best). */
export type Weighted = readonly [weight: number, phrases: string];

/** What we know of a language's tone, as it is written down. */
export interface LexiconText {
  readonly language: string;
  readonly polar: readonly Weighted[];
  /** They turn what follows: `not good`. */
  readonly negators: string;
  /** They make what follows stronger, or weaker. */
  readonly boosters: string;
  readonly softeners: string;
  /** What comes after them counts for more: `nice crew but …`. */
  readonly contrasts: string;
  /** A sentence that starts so asks, with or without its mark. */
  readonly questions: string;
  readonly requests: string;
  readonly thanks: string;
  /** Something went wrong, whatever the tone. */
  readonly troubles: string;
  /** Endings that may be taken off a word that is not known, and what replaces them. */
  readonly endings: readonly (readonly [ending: string, replacement: string])[];
}

/** The same, ready to be asked. */
export interface Lexicon {
  readonly language: string;
  readonly polar: PhraseBook<number>;
  readonly negators: ReadonlySet<string>;
  readonly boosters: ReadonlySet<string>;
  readonly softeners: ReadonlySet<string>;
  readonly contrasts: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
  readonly requests: PhraseBook<true>;
  readonly thanks: PhraseBook<true>;
  readonly troubles: PhraseBook<true>;
  /** Any single word of it. */
  readonly vocabulary: ReadonlySet<string>;
  readonly endings: LexiconText["endings"];
}

export function toLexicon(text: LexiconText): Lexicon {
  const polar = text.polar.flatMap(([weight, phrases]) =>
    toPhrases(phrases).map((phrase) => [phrase, weight] as const),
  );
  const { negators, boosters, softeners, contrasts, questions, requests, thanks, troubles } = text;
  const lists = [negators, boosters, softeners, contrasts, questions, requests, thanks, troubles].flatMap(toPhrases);
  return {
    language: text.language,
    endings: text.endings,
    polar: toPhraseBook(polar),
    negators: new Set(toPhrases(negators)),
    boosters: new Set(toPhrases(boosters)),
    softeners: new Set(toPhrases(softeners)),
    contrasts: new Set(toPhrases(contrasts)),
    questions: new Set(toPhrases(questions)),
    requests: toBook(requests),
    thanks: toBook(thanks),
    troubles: toBook(troubles),
    vocabulary: new Set([...polar.map(([phrase]) => phrase), ...lists].flatMap((phrase) => phrase.split(" "))),
  };
}

function toBook(list: string): PhraseBook<true> {
  return toPhraseBook(toPhrases(list).map((phrase) => [phrase, true] as const));
}

/** `a, b c` → `["a", "b c"]` */
export function toPhrases(list: string): readonly string[] {
  return list
    .split(",")
    .map((phrase) => phrase.trim().replace(/\s+/gu, " "))
    .filter((phrase) => phrase !== "");
}
