import { findParked, toParkedKey } from "../flow/consuming/parked.ts";
import { readReach } from "../flow/consuming/position.ts";
import type { Entry, Journal } from "../journal/journal.ts";
import type { IsoTime, Key } from "../model/glossary.ts";
import type { Post } from "../model/post.ts";
import { findDoubtedEntry } from "./doubted.ts";
import { dropPrints, keepPrints } from "./former-prints.ts";
import { parseEvent } from "./parse-event.ts";

/** Keys of entries that this batch has dealt with: they are as good as passed. */
export type Dealt = ReadonlySet<Key>;

/**
 * Empties a deleted post in the journal, with all its versions, and forgets what is parked of it. Not as long as an attempt
 * to record one of them is under way or was cut off: that entry's own turn needs the words, to write the tombstones where
 * the lost attempt may yet write. Then it is "in doubt": whoever deals with that entry erases, or whoever asks again. Else
 * what the journal had of it until now.
 */
export async function eraseDeletedText(
  journal: Journal,
  post: Key,
  dealt: Dealt,
): Promise<"in doubt" | "text" | "nothing"> {
  const entries = await journal.versions("posts", post);
  for (const entry of entries) if (await isInDoubt(journal, entry, dealt)) return "in doubt";
  // Asked last: the mark is made before the entry is passed.
  const doubted = await findDoubtedEntry(journal, post);
  if (doubted !== undefined && !dealt.has(doubted.key)) return "in doubt";
  for (const entry of entries) await unpark(journal, entry);
  await journal.erase(post);
  await dropPrints(journal, post);
  return entries.some(({ value }) => value !== "") ? "text" : "nothing";
}

export interface Replacing {
  readonly dealt: Dealt;
  /** The CRM has the post, or may: people may have read what it said before, and repeat it. */
  readonly isShown: boolean;
  readonly now: IsoTime;
}

/** Empties what an edit has replaced, as far as its turn has come or need not come. */
export async function eraseReplacedText(
  journal: Journal,
  edited: Post,
  { dealt, isShown, now }: Replacing,
): Promise<void> {
  for (const entry of await journal.versions("posts", edited.key)) {
    if (entry.value === "" || toVersion(entry) >= edited.version) continue;
    if (await isInDoubt(journal, entry, dealt)) continue;
    await unpark(journal, entry);
    const event = parseEvent(entry.value);
    if (isShown && event.type !== "deleted") await keepPrints(journal, event.post, now);
    await journal.erase(entry.key);
  }
}

/** May an attempt to record it be under way, or have been cut off so that it comes yet? */
async function isInDoubt(journal: Journal, { key, value, seq, partition }: Entry, dealt: Dealt): Promise<boolean> {
  if (value === "" || dealt.has(key)) return false;
  const reach = await readReach(journal, "posts", partition);
  if (seq > reach.seq) return seq <= reach.triedTo;
  return (await findParked(journal, "posts", seq))?.inDoubt === true;
}

async function unpark(journal: Journal, { seq }: Entry): Promise<void> {
  for (;;) {
    const parked = await findParked(journal, "posts", seq);
    if (parked === undefined || (await journal.remove(toParkedKey("posts", seq), parked.revision))) return;
  }
}

function toVersion({ key }: Entry): number {
  return Number(key.slice(key.lastIndexOf("#") + 1));
}
