import type { Journal, NewEntry } from "../journal/journal.ts";
import { toPostPartition } from "../model/partition.ts";
import type { PostEvent } from "../model/post.ts";
import type { Urgency } from "./urgent.ts";

/** What the place of an entry depends on. */
export interface Placing extends Pick<Urgency, "isUrgent"> {
  readonly journal: Pick<Journal, "partitions">;
}

/** An entry of the log "posts". */
export function toPostEntry(event: PostEvent, { journal, isUrgent }: Placing): NewEntry {
  const partition = toPostPartition(event, isUrgent(event), journal.partitions);
  return { key: event.key, partition, value: JSON.stringify(event) };
}
