import type { Clock } from "../../clock.ts";
import type { Post } from "../../model/post.ts";
import type { Log } from "../../telemetry.ts";
import { WireStatus } from "./schema.ts";
import { toPost } from "./to-post.ts";
import type { Perspective } from "./to-post.ts";

/** Reads one post as the network sent it; undefined: there is none, it only repeats another's, or it makes no sense. */
export type Reader = (wire: unknown) => Post | undefined;

/** What makes no sense is counted and told to the operator without its text, and never stops a feed. */
export function toReader(us: Perspective, clock: Clock, log: Log): Reader {
  let skipped = 0;
  return (wire) => {
    if (wire === null || wire === undefined) return undefined;
    const parsed = WireStatus.safeParse(wire);
    if (parsed.success) return parsed.data.reblog === undefined ? toPost(parsed.data, us, clock.now()) : undefined;
    skipped++;
    const fields = parsed.error.issues.map((issue) => issue.path.join("."));
    log.warn({ account: us.account.key, fields, skipped }, "a post could not be read and is skipped");
    return undefined;
  };
}
