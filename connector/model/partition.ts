import { createHash } from "node:crypto";
import type { Key } from "./glossary.ts";
import type { PostEvent } from "./post.ts";

/** How many partitions a log has. Stored in the journal at its creation; another number refuses to open. */
export const PARTITIONS = 16;

/** The partition of a key: the same key is always the same partition, keys spread evenly. */
export function toPartition(key: Key): number {
  return createHash("sha256").update(key).digest().readUInt32BE(0) % PARTITIONS;
}

/** Posts are partitioned by author, so one owner handles in order all that a customer says; a bare delete by its post. */
export function toPostPartition(event: PostEvent): number {
  return toPartition(event.type === "deleted" ? event.post : event.post.author.key);
}
