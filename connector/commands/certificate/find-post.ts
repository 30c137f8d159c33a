import type { Journal } from "../../journal/journal.ts";
import type { IsoTime, Key } from "../../model/glossary.ts";

const BEGINNING: IsoTime = new Date(0).toISOString();

/**
 * The keys of the posts that have this address: one where the journal still holds the post. Of an erased one only the key is
 * left: all are given whose network's id ends the address.
 */
export async function findPosts(journal: Journal, url: string): Promise<readonly Key[]> {
  const id = new URL(url).pathname.split("/").findLast((part) => part !== "");
  const ending = `/${id ?? ""}`;
  const exact = new Set<Key>();
  const likely = new Set<Key>();
  for await (const page of journal.since("posts", BEGINNING)) {
    for (const { key, value } of page) {
      const post = key.replace(/#(\d+|gone)$/, "");
      if (value.includes(JSON.stringify(url))) exact.add(post);
      else if (post.endsWith(ending)) likely.add(post);
    }
  }
  return [...(exact.size > 0 ? exact : likely)];
}
