import type { Crm } from "../crm/crm.ts";
import type { Journal } from "../journal/journal.ts";
import type { IsoTime, Key } from "../model/glossary.ts";
import type { Post, PostEvent } from "../model/post.ts";
import { isGone, markGone } from "../tombstones.ts";

export interface EraserParts {
  readonly journal: Journal;
  readonly crm: Pick<Crm, "erase">;
}

interface Gone {
  readonly post: Key;
  readonly at: IsoTime;
}

/**
 * Marks what was deleted, and erases what we have heard of it. Networks also tell of posts that were never ours to hear:
 * such a mark waits a while for its post, and costs the CRM nothing.
 */
export async function eraseDeleted(
  parts: EraserParts,
  events: readonly PostEvent[],
  signal: AbortSignal,
): Promise<void> {
  const heard: Gone[] = [];
  for (const event of events) {
    if (event.type !== "deleted") continue;
    await markGone(parts.journal, event.post, event.at);
    if (await parts.journal.knows("posts", event.post)) heard.push(event);
  }
  await eraseAll(parts, heard, signal);
}

/** Erases those of the posts that are marked: called after they were written, so that a deletion meanwhile wins. */
export async function eraseGone(parts: EraserParts, posts: readonly Post[], signal: AbortSignal): Promise<void> {
  const gone: Gone[] = [];
  for (const { key } of posts) {
    const at = await isGone(parts.journal, key);
    if (at !== undefined) gone.push({ post: key, at });
  }
  await eraseAll(parts, gone, signal);
}

/** From the CRM first: while the journal still has the text, the erasing can be repeated. */
async function eraseAll({ journal, crm }: EraserParts, gone: readonly Gone[], signal: AbortSignal): Promise<void> {
  if (gone.length === 0) return;
  await crm.erase(
    gone.map(({ post, at }) => ({ key: post, at })),
    signal,
  );
  for (const { post } of gone) await journal.erase(post);
}
