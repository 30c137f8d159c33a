import { isAddressed, type Post } from "../model/post.ts";
import { toWordSearch } from "../model/word-search.ts";
import type { Listener } from "./listener.ts";

/**
 * Does somebody listen for it? What is said to us always counts, whatever its words and language. The language is asked for
 * only where a listener names one.
 */
export type IsWanted = (post: Post, toLanguage: () => string | undefined) => boolean;

/** By these listeners. */
export function toIsWanted(listeners: readonly Listener[]): IsWanted {
  const searches = listeners.map(({ words, excluded, languages }) => ({
    words: new Set(words),
    findExcluded: toWordSearch(excluded),
    languages: new Set(languages),
  }));
  return (post, toLanguage) => {
    if (!isHeardByWords(post)) return true;
    return searches.some(
      ({ words, findExcluded, languages }) =>
        (post.matched ?? []).some((word) => words.has(word)) &&
        findExcluded(post.text).length === 0 &&
        (languages.size === 0 || isAmong(languages, toLanguage())),
    );
  };
}

/** One that nobody can tell is. */
function isAmong(languages: ReadonlySet<string>, language: string | undefined): boolean {
  return language === undefined || languages.has(language.split("-")[0] ?? "");
}

/** Nothing but its words brought it here. */
function isHeardByWords(post: Post): boolean {
  const { matched = [], direction, context } = post;
  return matched.length > 0 && direction === "inbound" && context !== true && !isAddressed(post);
}
