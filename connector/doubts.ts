import type { Journal } from "./journal/journal.ts";
import type { IsoTime, Key } from "./model/glossary.ts";
import type { Post } from "./model/post.ts";

const PREFIX = "doubt/";
const toDocKey = (post: Key): string => `${PREFIX}${post}`;

/**
 * Notes that a call may yet record this version, though in the end nothing was to come of it: whatever is heard of the post
 * from now on has to reach the CRM before that call does. Safe to repeat: the oldest version stands.
 */
export async function markDoubt(
  journal: Journal,
  { key, version }: Pick<Post, "key" | "version">,
  now: IsoTime,
): Promise<void> {
  for (;;) {
    const doc = await journal.get(toDocKey(key));
    const known = doc === undefined ? version : toDoubt(doc.value).version;
    const value = `${now} ${Math.min(known, version)}`;
    if ((await journal.put(toDocKey(key), value, doc?.revision ?? 0)) !== undefined) return;
  }
}

/** The oldest version of this post that a call may yet record, unwanted; undefined: there is none, or it is long ago. */
export async function findDoubt(journal: Journal, post: Key): Promise<number | undefined> {
  const doc = await journal.get(toDocKey(post));
  return doc && toDoubt(doc.value).version;
}

/** No call is under way so long that it was begun before `before`. */
export async function forgetDoubts(journal: Journal, before: IsoTime): Promise<void> {
  for await (const { key, value, revision } of journal.list(PREFIX)) {
    if (toDoubt(value).at < before) await journal.remove(key, revision);
  }
}

function toDoubt(value: string): { readonly at: IsoTime; readonly version: number } {
  const [at = "", version] = value.split(" ");
  return { at, version: Number(version) };
}
