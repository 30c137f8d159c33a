import { createHash } from "node:crypto";
import type { Key } from "./glossary.ts";
import type { PostEvent } from "./post.ts";

/** How many partitions the logs of a new journal have. The number is stored there; `earshot migrate-journal` changes it. */
export const PARTITIONS = 16;

/** The partition of a key among so many: the same key is always the same partition, keys spread evenly. */
export function toPartition(key: Key, partitions: number): number {
  return createHash("sha256").update(key).digest().readUInt32BE(0) % partitions;
}

/**
 * The log "posts" has two tracks of each partition: `p` holds what may need a response, `p + partitions` the rest of the same
 * authors. Both have one owner and are never under way at once; the first goes ahead of the second when much is waiting.
 * Posts are partitioned by author, so one owner handles all that a customer says, each track in order; a bare delete by its
 * post, and always ahead.
 */
export function toPostPartition(event: PostEvent, urgent: boolean, partitions: number): number {
  if (event.type === "deleted") return toPartition(event.post, partitions);
  return toPartition(event.post.author.key, partitions) + (urgent ? 0 : partitions);
}

/** The two tracks of the log "posts" that belong to this partition. */
export function toTracks(partition: number, partitions: number): readonly [urgent: number, usual: number] {
  return [partition, partition + partitions];
}

/** Is this partition of the log "posts" one of those that hold what may need a response? */
export function isUrgentPartition(partition: number, partitions: number): boolean {
  return partition < partitions;
}
