import type { Journal } from "./journal/journal.ts";
import type { IsoTime, Key } from "./model/glossary.ts";

const PREFIX = "gone/";
const toDocKey = (post: Key): string => `${PREFIX}${post}`;

/** Marks a post as deleted. Safe to repeat: the first time stands. */
export async function markGone(journal: Journal, post: Key, at: IsoTime): Promise<void> {
  await journal.put(toDocKey(post), at, 0);
}

/** When the post was deleted; undefined: it was not, or so long ago that it is forgotten. */
export async function isGone(journal: Journal, post: Key): Promise<IsoTime | undefined> {
  return (await journal.get(toDocKey(post)))?.value;
}

/** Forgets the marks from before `heard`; of posts that never came, those from before `unheard`. */
export async function forgetGone(
  journal: Journal,
  before: { readonly heard: IsoTime; readonly unheard: IsoTime },
): Promise<void> {
  for await (const { key, value: at, revision } of journal.list(PREFIX)) {
    if (at >= before.unheard) continue;
    if (at < before.heard || !(await journal.knows("posts", key.slice(PREFIX.length))))
      await journal.remove(key, revision);
  }
}
