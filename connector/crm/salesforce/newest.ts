import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";

/** Of each post its newest version only, deleted if one of them is: two rows of one key in a call would be refused. */
export function toNewest(drafts: readonly Draft[]): readonly Draft[] {
  const byVersion = drafts.toSorted((one, other) => one.post.version - other.post.version);
  const newest = new Map(byVersion.map((draft) => [draft.post.key, draft]));
  for (const { post, gone } of drafts) {
    const draft = newest.get(post.key);
    if (gone !== undefined && draft !== undefined) newest.set(post.key, { ...draft, gone });
  }
  return [...newest.values()];
}

/** Of each post, by its key, the draft that makes its row where each draft comes in a call of its own. */
export function toFirst(drafts: readonly Draft[]): ReadonlyMap<Key, Draft> {
  return new Map(drafts.toReversed().map((draft) => [draft.post.key, draft]));
}

/** The CRM has no row of it: one is to be born. */
export function isUnknown({ memory }: Draft): boolean {
  return memory?.post === undefined;
}

/** The CRM does not hold this version yet, nor a newer one. */
export function isNews({ post, memory }: Draft): boolean {
  return (memory?.post?.version ?? -1) < post.version;
}

/** The CRM holds a newer version. */
export function isOutdated({ post, memory }: Draft): boolean {
  return (memory?.post?.version ?? -1) > post.version;
}
