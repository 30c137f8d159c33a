import type { Draft } from "../../model/draft.ts";

/** Of each post its newest version only: two rows of one key in a call would be refused. */
export function toNewest(drafts: readonly Draft[]): readonly Draft[] {
  const byVersion = drafts.toSorted((one, other) => one.post.version - other.post.version);
  return [...new Map(byVersion.map((draft) => [draft.post.key, draft])).values()];
}

/** The CRM does not hold this version yet, nor a newer one. */
export function isNews({ post, memory }: Draft): boolean {
  return (memory?.post?.version ?? -1) < post.version;
}

/** The CRM holds a newer version. */
export function isOutdated({ post, memory }: Draft): boolean {
  return (memory?.post?.version ?? -1) > post.version;
}
