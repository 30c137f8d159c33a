import type { Attempt } from "../flow/consume.ts";
import type { Entry } from "../journal/journal.ts";
import type { IsoTime, Key } from "../model/glossary.ts";
import type { Post, PostEvent } from "../model/post.ts";
import { parseEvent } from "./parse-event.ts";

type Deletion = Extract<PostEvent, { type: "deleted" }>;

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
  /** It is surely of a post that we were told, though nobody may remember. */
  readonly ours: boolean;
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
    if (event.type === "deleted") deletions.push(toHeardDeletion(entry, event));
    else posts.push({ entry, post: event.post, isRepeated: attempt.isRepeated(entry) });
  }
  return { posts, deletions };
}

function toHeardDeletion(entry: Entry, { post, at, ours }: Deletion): HeardDeletion {
  return { entry, key: post, at, ours: ours === true };
}
