import { isAddressed, isBackground } from "../model/post.ts";
import type { Reading } from "../model/reading.ts";
import type { Condition } from "./rule.ts";

export const always: Condition = () => true;
export const isOutbound: Condition = ({ post }) => post.direction === "outbound";
export const isOnlyToRead: Condition = ({ post }) => isBackground(post);
export const isUnaddressed: Condition = ({ post }) => !isAddressed(post);
/** Nobody said it to anybody: a thing that somebody did. */
export const isSignal: Condition = ({ post }) => post.kind === "signal";
/** Written for the public by somebody who expects no answer. */
export const isNews: Condition = ({ post }) => post.kind === "article" || post.sourceClass === "news";
/** Said to us in private. The answer to a survey is private too, but nobody waits for ours. */
export const isPrivate: Condition = ({ post }) => post.visibility === "private" && post.kind !== "review";

export function hasIntent(intent: Reading["intent"]): Condition {
  return ({ reading }) => reading?.intent === intent;
}

export function isAbout(...topics: readonly string[]): Condition {
  return ({ reading }) => topics.some((topic) => reading?.topics.includes(topic));
}

/** Unhappy, if only in part. */
export const isUnhappy: Condition = ({ reading }) =>
  reading?.sentiment === "negative" || reading?.sentiment === "mixed";

export function isScoredBelow(score: number): Condition {
  return ({ reading }) => reading !== undefined && reading.sentimentScore < score;
}

export function hasFollowers(count: number): Condition {
  return ({ post }) => (post.author.followers ?? 0) >= count;
}

/** Has at least so many words, names and links not counted. */
export function hasWords(count: number): Condition {
  return ({ post }) =>
    (post.text.replace(/https?:\/\/\S+|@\S+/gu, " ").match(/[\p{L}\p{N}']+/gu)?.length ?? 0) >= count;
}

/** Written in a language other than these. A language that nobody could tell counts as one of them. */
export function isForeignTo(languages: readonly string[]): Condition {
  return ({ reading }) => reading?.language !== undefined && !languages.includes(reading.language.split("-")[0] ?? "");
}

export function both(one: Condition, other: Condition): Condition {
  return (facts) => one(facts) && other(facts);
}

export function either(one: Condition, other: Condition): Condition {
  return (facts) => one(facts) || other(facts);
}
