import type { Post } from "../model/post.ts";
import type { Reading } from "../model/reading.ts";
import { toIntent } from "./intent.ts";
import { openLanguage, type ReadLanguage } from "./language.ts";
import { toLexicons } from "./lexicon/index.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import { toSentence } from "./sentence.ts";
import { toSentiment } from "./sentiment.ts";
import { topicWords, toTopics } from "./topics.ts";
import { toPlain } from "./words.ts";

/** What we understand of a post. The same post always gives the same reading. */
export type Read = (post: Pick<Post, "text" | "language">) => Reading;

/** Loads the language data and the lexicons once. */
export async function openReader(): Promise<Read> {
  const readLanguage = await openLanguage();
  const lexicons = toLexicons();
  return (post) => toReading(post, readLanguage, lexicons);
}

function toReading(
  { text, language: told }: Parameters<Read>[0],
  readLanguage: ReadLanguage,
  lexicons: ReadonlyMap<string, Lexicon>,
): Reading {
  const language = readLanguage(toPlain(text), told);
  const lexicon = lexicons.get(language?.split("-")[0] ?? "en") ?? lexicons.get("en");
  if (lexicon === undefined) throw new Error("There is no English lexicon");
  const sentence = toSentence(text, lexicon, topicWords);
  const tone = toSentiment(sentence, lexicon);
  return { language, ...tone, intent: toIntent(sentence, lexicon, tone), topics: toTopics(sentence.words) };
}
