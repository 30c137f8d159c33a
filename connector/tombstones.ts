import type { Journal } from "./journal/journal.ts";
import type { IsoTime, Key } from "./model/glossary.ts";

const toDocKey = (post: Key): string => `gone/${post}`;

/** Marks a post as deleted for good. Safe to repeat: the first time stands. */
export async function markGone(journal: Journal, post: Key, at: IsoTime): Promise<void> {
  await journal.put(toDocKey(post), at, 0);
}

/** When the post was deleted; undefined: it was not. */
export async function isGone(journal: Journal, post: Key): Promise<IsoTime | undefined> {
  return (await journal.get(toDocKey(post)))?.value;
}
