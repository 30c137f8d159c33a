import type { Key } from "../../model/glossary.ts";
import { isLater } from "./is-later.ts";

const MOST = 10_000;

/** Which posts of a public stream we may have told of, so that the deletions of all the others are nobody's business. */
export interface Told {
  /** Everything the stream says passes here. */
  heard(post: Key): void;
  add(post: Key): void;
  /** Whether we told of it, or cannot know: it is older than our listening, or we told of too many since. */
  mayHave(post: Key): boolean;
}

export function openTold(most = MOST): Told {
  const told = new Set<Key>();
  /** Of later posts we know for sure. */
  let knownAfter: Key | undefined;
  return {
    heard: (post) => void (knownAfter ??= post),
    add: (post) => {
      told.add(post);
      const [oldest] = told;
      if (told.size <= most || oldest === undefined) return;
      told.delete(oldest);
      if (knownAfter === undefined || isLater(oldest, knownAfter)) knownAfter = oldest;
    },
    mayHave: (post) => knownAfter === undefined || !isLater(post, knownAfter) || told.has(post),
  };
}
