import { setImmediate as aTurn } from "node:timers/promises";
import type { NewEntry } from "../journal/journal.ts";
import type { PostEvent } from "../model/post.ts";
import { toPostEntry, type Placing } from "./post-entry.ts";

/** So many events are looked at in one go: other work comes between. */
const IN_ONE_GO = 50;

/** Events as the log "posts" holds them. */
export async function toPostEntries(placing: Placing, events: readonly PostEvent[]): Promise<readonly NewEntry[]> {
  const entries: NewEntry[] = [];
  for (const event of events) {
    if (entries.length % IN_ONE_GO === IN_ONE_GO - 1) await aTurn();
    entries.push(toPostEntry(event, placing));
  }
  return entries;
}
