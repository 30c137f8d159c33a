import type { Key } from "../model/glossary.ts";
import type { Post } from "../model/post.ts";

/** A post that we have seen in its thread, with what it answers. */
interface Ancestor {
  readonly conversation: Key;
  readonly post: Post;
  readonly parent: Ancestor | undefined;
}

export interface Lineage {
  readonly conversation: Key;
  /** Root first, as far as known. */
  readonly thread: readonly Post[];
}

export interface Lineages {
  /** The lineage of what answers `parent`; undefined: ask the network. */
  under(parent: Key): Lineage | undefined;
  /** Remembers a thread: root first, each post an answer to the one before it. */
  learn(conversation: Key, thread: readonly Post[]): void;
}

/** Remembers the latest `bound` posts of threads, so that an answer to one of them needs no question to the network. */
export function toLineages(bound: number): Lineages {
  const known = new Map<Key, Ancestor>();

  function remember(ancestor: Ancestor): void {
    known.delete(ancestor.post.key);
    known.set(ancestor.post.key, ancestor);
    const [oldest] = known.keys();
    if (known.size > bound && oldest !== undefined) known.delete(oldest);
  }

  return {
    under(key) {
      const parent = known.get(key);
      if (parent === undefined) return undefined;
      remember(parent);
      const thread: Post[] = [];
      for (let at: Ancestor | undefined = parent; at !== undefined; at = at.parent) thread.push(at.post);
      return { conversation: parent.conversation, thread: thread.reverse() };
    },
    learn(conversation, thread) {
      let parent: Ancestor | undefined;
      for (const post of thread) {
        parent = { conversation, post, parent };
        remember(parent);
      }
    },
  };
}
