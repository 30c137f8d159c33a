import type { Clock } from "../clock.ts";
import { findDoubt, markDoubt } from "../doubts.ts";
import type { Journal } from "../journal/journal.ts";
import type { Draft } from "../model/draft.ts";
import type { Key } from "../model/glossary.ts";
import type { HeardDeletion, HeardPost } from "./heard.ts";
import { parseEvent } from "./parse-event.ts";
import { REPLACED } from "./is-replaced.ts";

/**
 * Nothing is to come of it now, but an earlier attempt may have found otherwise, and the call that it made may yet stand. What
 * the CRM has, or was replaced, needs no such care.
 */
export function isDoubtful(isRepeated: boolean, { gone, ignored, memory }: Draft): boolean {
  return (
    isRepeated && gone === undefined && ignored !== undefined && ignored !== REPLACED && memory?.post === undefined
  );
}

/**
 * Makes the doubts about these drafts durable, before anything is written. True: a later version came along that did not know:
 * it has to follow.
 */
export async function markDoubts(
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
  doubtful: readonly Draft[],
  drafts: readonly Draft[],
): Promise<boolean> {
  const isLater = ({ post, doubted }: Draft): boolean =>
    doubted !== true && doubtful.some((one) => one.post.key === post.key && one.post.version < post.version);
  for (const draft of doubtful) if (!isLater(draft)) await markDoubt(journal, draft.post, clock.now());
  return drafts.some(isLater);
}

/** Of what was deleted now: what a call may yet record. Recorded before as tombstones, it finds them. */
export async function findDoubted(
  journal: Journal,
  deletions: readonly HeardDeletion[],
  posts: readonly HeardPost[],
): Promise<readonly HeardPost[]> {
  const found: HeardPost[] = [];
  for (const key of new Set(deletions.map((deletion) => deletion.key))) {
    const entry = await findDoubtedEntry(journal, key);
    if (entry === undefined || posts.some((post) => post.entry.key === entry.key)) continue;
    const event = parseEvent(entry.value);
    if (event.type !== "deleted") found.push({ entry, post: event.post, isRepeated: true });
  }
  return found;
}

/** As long as it has its words. */
export async function findDoubtedEntry(journal: Journal, post: Key): Promise<HeardPost["entry"] | undefined> {
  const version = await findDoubt(journal, post);
  const entry = version === undefined ? undefined : await journal.find("posts", `${post}#${version}`);
  return entry?.value === "" ? undefined : entry;
}
