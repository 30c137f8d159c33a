import type { Reading } from "../model/reading.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import { hasPhrase } from "./phrases.ts";
import { BREAK, type Sentence } from "./sentence.ts";
import type { Sentiment } from "./sentiment.ts";

/** From here on the tone alone makes a complaint. */
const COMPLAINT_BELOW = -0.3;

/** What the author wants of us. Trouble told in a good mood is still trouble: it asks for help. */
export function toIntent(sentence: Sentence, lexicon: Lexicon, tone: Sentiment): Reading["intent"] {
  const { words } = sentence;
  const troubled = hasPhrase(words, lexicon.troubles);
  const unhappy = tone.sentiment === "negative" || tone.sentiment === "mixed";
  if (tone.sentimentScore < COMPLAINT_BELOW || (troubled && unhappy)) return "complaint";
  if (sentence.asks || startsLikeQuestion(words, lexicon)) return "question";
  if (tone.sentiment !== "positive" && troubled) return "complaint";
  const requests = hasPhrase(words, lexicon.requests);
  if (requests && !(tone.sentiment === "positive" && hasPhrase(words, lexicon.thanks))) return "request";
  if (hasPhrase(words, lexicon.thanks) || tone.sentiment === "positive") return "praise";
  return "other";
}

/** `when do you open` at the start of any part, for those who leave out the mark. */
function startsLikeQuestion(words: readonly string[], { questions }: Lexicon): boolean {
  const starts = words.flatMap((word, at) => (word !== BREAK && (at === 0 || words[at - 1] === BREAK) ? [at] : []));
  return starts.some((at) => [1, 2, 3].some((length) => questions.has(words.slice(at, at + length).join(" "))));
}
