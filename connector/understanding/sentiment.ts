import type { Reading } from "../model/reading.ts";
import { faces } from "./lexicon/faces.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import { findPhrases, type Found } from "./phrases.ts";
import { BREAK, type Sentence } from "./sentence.ts";

/** How far before a word what turns or strengthens it may stand. */
const REACH = 3;
/** Something like the weight of one strong word: keeps the score of short texts off the ends. */
const CALM = 0.6;
/** A missed complaint costs more than a glance, so little makes a text negative and more makes it positive. */
const NEGATIVE_BELOW = -0.12;
const POSITIVE_ABOVE = 0.2;
/** Both sides as strong as this, and neither twice the other: mixed. */
const MIXED_FROM = 0.5;

export type Sentiment = Pick<Reading, "sentiment" | "sentimentScore">;

/** The tone of a sentence in the language of this lexicon. The score lies between -1 and 1. */
export function toSentiment(sentence: Sentence, lexicon: Lexicon): Sentiment {
  const contrast = sentence.words.findLastIndex((word) => lexicon.contrasts.has(word));
  const weights = findPhrases(sentence.words, lexicon.polar).map((found) => {
    const weight = toWeight(found, sentence, lexicon);
    return contrast < 0 ? weight : weight * (found.at > contrast ? 1.3 : 0.7);
  });
  weights.push(...sentence.faces.map((face) => faces.get(face) ?? 0));

  const good = sum(weights.filter((weight) => weight > 0));
  const bad = -sum(weights.filter((weight) => weight < 0));
  const stress = 1 + 0.1 * Math.min(sentence.exclamations, 3);
  const score = ((good - bad) * stress) / Math.hypot((good - bad) * stress, CALM);
  return { sentiment: toLabel(score, good, bad), sentimentScore: Math.round(score * 1000) / 1000 };
}

function toLabel(score: number, good: number, bad: number): Reading["sentiment"] {
  if (Math.min(good, bad) >= MIXED_FROM && Math.max(good, bad) < 2 * Math.min(good, bad)) return "mixed";
  if (score < NEGATIVE_BELOW) return "negative";
  return score > POSITIVE_ABOVE ? "positive" : "neutral";
}

/** A word's weight where it stands: turned by a negation before it, stronger after `very`, in capitals. */
function toWeight({ at, value }: Found<number>, { words, loud }: Sentence, lexicon: Lexicon): number {
  const before = words.slice(Math.max(0, at - REACH), at);
  const near = before.slice(before.lastIndexOf(BREAK) + 1);
  const turned = near.some((word) => lexicon.negators.has(word));
  const boosted = near.some((word) => lexicon.boosters.has(word)) ? 1.25 : 1;
  const softened = near.some((word) => lexicon.softeners.has(word)) ? 0.7 : 1;
  const shouted = loud.has(at) ? 1.2 : 1;
  return value * boosted * softened * shouted * (turned ? toTurn(value) : 1);
}

/** `not good` is bad; `not bad` is hardly good, and `no problems, no delays` is faint praise. */
function toTurn(value: number): number {
  return value > 0 ? -0.8 : -0.4;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
