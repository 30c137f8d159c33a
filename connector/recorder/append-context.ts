import type { Journal, NewEntry } from "../journal/journal.ts";
import type { Draft } from "../model/draft.ts";
import type { Key } from "../model/glossary.ts";
import { toPostPartition } from "../model/partition.ts";
import { toPostEvent, type Post } from "../model/post.ts";
import { isGone } from "../tombstones.ts";

/** The parents of a conversation with us go the way of all posts, each in its author's partition. */
export async function appendContext(journal: Journal, drafts: readonly Draft[]): Promise<void> {
  const parents = new Map<Key, Post>();
  for (const { thread, post } of drafts) {
    const { conversation } = post;
    for (const parent of thread ?? []) {
      const context: Post = { ...parent, context: true, ...(conversation === undefined ? {} : { conversation }) };
      parents.set(toPostEvent(context).key, context);
    }
  }
  const all = [...parents.values()];
  const marks = await Promise.all(all.map(({ key }) => isGone(journal, key)));
  // Remembered by a stage, deleted meanwhile: its words must not come back.
  const standing = all.filter((_, index) => marks[index] === undefined);
  const entries = standing.map((parent): NewEntry => {
    const event = toPostEvent(parent);
    const partition = toPostPartition(event, false, journal.partitions);
    return { key: event.key, partition, value: JSON.stringify(event) };
  });
  if (entries.length > 0) await journal.append("posts", entries, "consequence");
}
