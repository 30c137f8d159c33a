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
  readonly polar: ReadonlyMap<string, number>;
  readonly negators: ReadonlySet<string>;
  readonly boosters: ReadonlySet<string>;
  readonly softeners: ReadonlySet<string>;
  readonly contrasts: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
  readonly requests: ReadonlySet<string>;
  readonly thanks: ReadonlySet<string>;
  readonly troubles: ReadonlySet<string>;
  /** Any single word of it. */
  readonly vocabulary: ReadonlySet<string>;
  readonly endings: LexiconText["endings"];
}

export function toLexicon(text: LexiconText): Lexicon {
  const { language, endings } = text;
  const polar = new Map(
    text.polar.flatMap(([weight, phrases]) => toPhrases(phrases).map((phrase) => [phrase, weight])),
  );
  const negators = new Set(toPhrases(text.negators));
  const boosters = new Set(toPhrases(text.boosters));
  const softeners = new Set(toPhrases(text.softeners));
  const contrasts = new Set(toPhrases(text.contrasts));
  const questions = new Set(toPhrases(text.questions));
  const requests = new Set(toPhrases(text.requests));
  const thanks = new Set(toPhrases(text.thanks));
  const troubles = new Set(toPhrases(text.troubles));
  const all = [polar.keys(), negators, boosters, softeners, contrasts, questions, requests, thanks, troubles];
  const vocabulary = new Set(all.flatMap((phrases) => [...phrases].flatMap((phrase) => phrase.split(" "))));
  return {
    language,
    endings,
    polar,
    negators,
    boosters,
    softeners,
    contrasts,
    questions,
    requests,
    thanks,
    troubles,
    vocabulary,
  };
}

/** `a, b c` → `["a", "b c"]` */
export function toPhrases(list: string): readonly string[] {
  return list
    .split(",")
    .map((phrase) => phrase.trim().replace(/\s+/gu, " "))
    .filter((phrase) => phrase !== "");
}
