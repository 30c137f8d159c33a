import { Unavailable } from "../errors.ts";
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

/** What a network said, or why it cannot be asked now; undefined: each answer begins a conversation of its own. */
type Answer = Lineage | undefined | Unavailable;

/**
 * Finds each public post's conversation, which is its thread's first public post, and the public ones between. A private
 * one has its exchange from the source. Where a network cannot be asked the draft waits: a guess would split a Case.
 */
export function toThread(sources: ThreadSources, remembered = REMEMBERED): Stage {
  const lineages = toLineages(remembered);

  /**
   * Siblings are asked for in turn: one may have been deleted meanwhile, and then has no parents either. Private parents
   * are left out; undefined: there are no others, so each answer begins a conversation of its own.
   */
  async function ask(
    parent: Key,
    siblings: readonly Draft[],
    toAbove: (draft: Draft) => Promise<Above>,
  ): Promise<Answer> {
    let waits: Unavailable | undefined;
    for (const draft of siblings) {
      const above = await toAbove(draft);
      if (above instanceof Unavailable) waits = above;
      else if (above.length > 0) return toLineage(above);
    }
    return waits ?? { conversation: parent, thread: [] };
  }

  function toLineage(above: readonly Post[]): Lineage | undefined {
    const thread = above.filter(({ visibility }) => visibility === "public");
    const root = thread[0];
    if (root === undefined) return undefined;
    const answersPrivate = above.some(({ key }) => key === root.parent);
    const conversation = root.conversation ?? (answersPrivate ? undefined : root.parent) ?? root.key;
    lineages.learn(conversation, thread);
    return { conversation, thread };
  }

  return {
    name: "thread",
    async apply(drafts, signal) {
      for (const { post } of drafts.filter(isRoot)) lineages.learn(post.conversation ?? post.key, [post]);
      const answers = toAnswers(drafts);
      const found = new Map<Key, Answer>();
      const waiting = answers.entries();
      const toAbove = toAsk(sources, signal);
      const work = async (): Promise<void> => {
        for (const [parent, siblings] of waiting) {
          found.set(parent, lineages.under(parent) ?? (await ask(parent, siblings, toAbove)));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return mapLive(drafts, (draft) => toThreaded(draft, found, lineages));
    },
  };
}

/** What answers it may come with it: then nobody need ask what it answers. */
function isRoot(draft: Draft): boolean {
  const { parent, visibility } = draft.post;
  return isLive(draft) && draft.gone === undefined && parent === undefined && visibility === "public";
}

type Above = readonly Post[] | Unavailable;

/** Asks for the parents of a post. An account that cannot be asked is asked once, whatever the batch. */
function toAsk(sources: ThreadSources, signal: AbortSignal): (draft: Draft) => Promise<Above> {
  const away = new Map<Key, Unavailable>();
  return async ({ post, gone }) => {
    const known = away.get(post.account);
    if (known !== undefined) return known;
    // A deleted post has no thread any more: the one that it answered has.
    const asked = gone === undefined ? post : { ...post, key: post.parent ?? post.key };
    try {
      return (await sources.get(post.account)?.thread?.(asked, signal)) ?? [];
    } catch (error) {
      if (!(error instanceof Unavailable) || signal.aborted) throw error;
      away.set(post.account, error);
      return error;
    }
  };
}

function toThreaded(draft: Draft, found: ReadonlyMap<Key, Answer>, lineages: Lineages): Draft {
  const { post } = draft;
  const { parent } = post;
  if (post.visibility === "private")
    return { ...draft, post: { ...post, conversation: post.conversation ?? post.key } };
  const lineage = parent === undefined ? undefined : found.get(parent);
  if (lineage instanceof Unavailable) return { ...draft, waits: lineage };
  const placed = { ...post, conversation: post.conversation ?? lineage?.conversation ?? post.key };
  if (lineage === undefined) {
    lineages.learn(placed.conversation, [placed]);
    return { ...draft, post: placed };
  }
  if (lineage.thread.length > 0 && draft.gone === undefined)
    lineages.learn(placed.conversation, [...lineage.thread, placed]);
  return { ...draft, post: placed, thread: lineage.thread };
}

/** The public posts that answer another one, by the one that they answer; those that are gone come last. */
function toAnswers(drafts: readonly Draft[]): Map<Key, readonly Draft[]> {
  const byParent = new Map<Key, Draft[]>();
  for (const draft of drafts
    .filter(isLive)
    .sort((a, b) => Number(a.gone !== undefined) - Number(b.gone !== undefined))) {
    const { parent, visibility } = draft.post;
    if (parent === undefined || visibility === "private") continue;
    byParent.set(parent, [...(byParent.get(parent) ?? []), draft]);
  }
  return byParent;
}
