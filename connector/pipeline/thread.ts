import type { Draft } from "../model/draft.ts";
import type { Key } from "../model/glossary.ts";
import type { Post } from "../model/post.ts";
import type { Source } from "../sources/source.ts";
import { toLineages, type Lineage, type Lineages } from "./lineage.ts";
import { isLive, mapLive } from "./live.ts";
import type { Stage } from "./stage.ts";

/** What the stage needs of a source. */
export type ThreadSource = Pick<Source, "account" | "thread">;

/** By the key of our account. `get` may throw `Unavailable` while an account is not connected yet. */
export type ThreadSources = Pick<ReadonlyMap<Key, ThreadSource>, "get">;

/** Posts of threads that are remembered, so that a lively conversation costs one question. */
const REMEMBERED = 2_000;
/** Questions to networks at a time. */
const AT_ONCE = 8;

/**
 * Finds each public post's conversation, which is its thread's first public post, and the public ones between. A private
 * one has its exchange from the source. Throws `Unavailable` where a network cannot be asked: a guess would split a Case.
 */
export function toThread(sources: ThreadSources, remembered = REMEMBERED): Stage {
  const lineages = toLineages(remembered);

  /**
   * Siblings are asked for in turn: one may have been deleted meanwhile, and then has no parents either. Private parents
   * are left out; undefined: there are no others, so each answer begins a conversation of its own.
   */
  async function ask(parent: Key, siblings: readonly Post[], signal: AbortSignal): Promise<Lineage | undefined> {
    for (const post of siblings) {
      const above = (await sources.get(post.account)?.thread?.(post, signal)) ?? [];
      if (above.length === 0) continue;
      const thread = above.filter(({ visibility }) => visibility === "public");
      const root = thread[0];
      if (root === undefined) return undefined;
      const answersPrivate = above.some(({ key }) => key === root.parent);
      const conversation = root.conversation ?? (answersPrivate ? undefined : root.parent) ?? root.key;
      lineages.learn(conversation, thread);
      return { conversation, thread };
    }
    return { conversation: parent, thread: [] };
  }

  return {
    name: "thread",
    async apply(drafts, signal) {
      const answers = toAnswers(drafts);
      const found = new Map<Key, Lineage | undefined>();
      const waiting = answers.entries();
      const work = async (): Promise<void> => {
        for (const [parent, siblings] of waiting) {
          found.set(parent, lineages.under(parent) ?? (await ask(parent, siblings, signal)));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return mapLive(drafts, (draft) => toThreaded(draft, found, lineages));
    },
  };
}

function toThreaded(draft: Draft, found: ReadonlyMap<Key, Lineage | undefined>, lineages: Lineages): Draft {
  const { post } = draft;
  const { parent } = post;
  if (post.visibility === "private")
    return { ...draft, post: { ...post, conversation: post.conversation ?? post.key } };
  const lineage = parent === undefined ? undefined : found.get(parent);
  const placed = { ...post, conversation: post.conversation ?? lineage?.conversation ?? post.key };
  if (lineage === undefined) {
    lineages.learn(placed.conversation, [placed]);
    return { ...draft, post: placed };
  }
  if (lineage.thread.length > 0) lineages.learn(placed.conversation, [...lineage.thread, placed]);
  return { ...draft, post: placed, thread: lineage.thread };
}

/** The public posts that answer another one, by the one that they answer. */
function toAnswers(drafts: readonly Draft[]): Map<Key, readonly Post[]> {
  const byParent = new Map<Key, Post[]>();
  for (const { post } of drafts.filter(isLive)) {
    if (post.parent === undefined || post.visibility === "private") continue;
    byParent.set(post.parent, [...(byParent.get(post.parent) ?? []), post]);
  }
  return byParent;
}
