import type { Entry, Journal } from "../journal/journal.ts";
import type { Key } from "../model/glossary.ts";
import type { Post } from "../model/post.ts";

/** The number of one that is only background begins with 0, and decides nothing about what is heard. */
const HEARD_VERSION = /^#(?<version>[1-9]\d*)$/;

/** Deliveries may come in any order. */
export const REPLACED = { stage: "recorder", reason: "A later version was heard before it: that decides." };

/** Was a later version of the post heard before this entry? Then nothing is to be made of it, whatever became of the other. */
export async function isReplaced(journal: Journal, { seq }: Entry, { key, version }: Post): Promise<boolean> {
  const versions = await journal.versions("posts", key);
  return versions.some((other) => other.seq < seq && toVersion(other, key) > version);
}

function toVersion({ key }: Entry, post: Key): number {
  return Number(HEARD_VERSION.exec(key.slice(post.length))?.groups?.["version"] ?? -1);
}
