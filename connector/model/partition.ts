import { createHash } from "node:crypto";
import type { Key } from "./glossary.ts";
import type { PostEvent } from "./post.ts";

/** How many partitions a log has. Stored in the journal at its creation; another number refuses to open. */
export const PARTITIONS = 16;

/**
 * The log "posts" has two tracks of each partition: `p` holds what may need a response, `p + PARTITIONS` the rest of the same
 * authors. Both have one owner and are never under way at once; the first goes ahead of the second when much is waiting.
 */
export const ALL_PARTITIONS = 2 * PARTITIONS;

/** The partition of a key: the same key is always the same partition, keys spread evenly. */
export function toPartition(key: Key): number {
  return createHash("sha256").update(key).digest().readUInt32BE(0) % PARTITIONS;
}

/**
 * Posts are partitioned by author, so one owner handles all that a customer says, each track in order; a bare delete by its
 * post, and always ahead.
 */
export function toPostPartition(event: PostEvent, urgent: boolean): number {
  if (event.type === "deleted") return toPartition(event.post);
  return toPartition(event.post.author.key) + (urgent ? 0 : PARTITIONS);
}

/** Is this partition of the log "posts" one of those that hold what may need a response? */
export function isUrgentPartition(partition: number): boolean {
  return partition < PARTITIONS;
}
