import type { NewEntry } from "../journal/journal.ts";
import { toPostPartition } from "../model/partition.ts";
import type { PostEvent } from "../model/post.ts";
import type { Urgency } from "./urgent.ts";

/** An entry of the log "posts". */
export function toPostEntry(event: PostEvent, urgency: Pick<Urgency, "isUrgent">): NewEntry {
  return { key: event.key, partition: toPostPartition(event, urgency.isUrgent(event)), value: JSON.stringify(event) };
}
