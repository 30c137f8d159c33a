import { setImmediate as aTurn } from "node:timers/promises";
import type { NewEntry } from "../journal/journal.ts";
import type { PostEvent } from "../model/post.ts";
import { toPostEntry } from "./post-entry.ts";
import type { Urgency } from "./urgent.ts";

/** So many events are looked at in one go: other work comes between. */
const IN_ONE_GO = 50;

/** Events as the log "posts" holds them. */
export async function toPostEntries(
  urgency: Pick<Urgency, "isUrgent">,
  events: readonly PostEvent[],
): Promise<readonly NewEntry[]> {
  const entries: NewEntry[] = [];
  for (const event of events) {
    if (entries.length % IN_ONE_GO === IN_ONE_GO - 1) await aTurn();
    entries.push(toPostEntry(event, urgency));
  }
  return entries;
}
