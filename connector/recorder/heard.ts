import type { Attempt } from "../flow/consume.ts";
import type { Entry } from "../journal/journal.ts";
import type { IsoTime, Key } from "../model/glossary.ts";
import type { Post } from "../model/post.ts";
import { parseEvent } from "./parse-event.ts";

/** A post as it was heard, with what is known of its entry. */
export interface HeardPost {
  readonly entry: Entry;
  readonly post: Post;
  /** An earlier attempt may have recorded it, or may yet. */
  readonly isRepeated: boolean;
}

export interface HeardDeletion {
  readonly entry: Entry;
  readonly key: Key;
  readonly at: IsoTime;
}

export interface Heard {
  readonly posts: readonly HeardPost[];
  readonly deletions: readonly HeardDeletion[];
}

/** Throws where an entry holds no event. */
export function toHeard(entries: readonly Entry[], attempt: Attempt): Heard {
  const posts: HeardPost[] = [];
  const deletions: HeardDeletion[] = [];
  for (const entry of entries) {
    const event = parseEvent(entry.value);
    if (event.type === "deleted") deletions.push({ entry, key: event.post, at: event.at });
    else posts.push({ entry, post: event.post, isRepeated: attempt.isRepeated(entry) });
  }
  return { posts, deletions };
}
