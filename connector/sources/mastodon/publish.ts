import type { Rejection } from "../../model/glossary.ts";
import type { Leave } from "../../model/leave.ts";
import type { Post } from "../../model/post.ts";
import type { Claimed } from "../../model/reply.ts";
import { Declined } from "../asking/declined.ts";
import { GONE, REFUSED_MESSAGE, toRefusedReply } from "../replying/rejections.ts";
import { find } from "./find.ts";
import type { Link } from "./link.ts";
import { toStatus } from "./to-status.ts";
import type { NewStatus } from "./to-status.ts";

/**
 * Posts the reply; the same key within an hour answers with the same post. A network that takes it and answers with what
 * makes no sense is asked for the post; an error that is not `Unavailable` then says that nobody should simply try again.
 */
export async function publish(
  reply: Claimed,
  link: Link & { readonly leave: Leave },
  signal: AbortSignal,
): Promise<Post | Rejection> {
  const { ask, us, read, clock, leave } = link;
  const status = toStatus(reply, us);
  if ("reason" in status) return status;
  const now = clock.now();
  let answer: unknown;
  try {
    const headers = { "Idempotency-Key": reply.key };
    answer = await ask(signal, { path: "/api/v1/statuses", post: { ...status }, headers, leave });
  } catch (error) {
    if (error instanceof Declined) return toRejection(error, status.visibility);
    throw error;
  }
  const post = read(answer) ?? (await find(reply, { first: now, last: now }, link, signal));
  if (typeof post === "object") return post;
  throw new Error("The network took the reply and answered with something that cannot be read");
}

/** The network's own words may repeat ours: of a private message nobody but its readers may see them. */
function toRejection(error: Declined, visibility: NewStatus["visibility"]): Rejection {
  if (error.status === 404 || error.status === 410) return GONE;
  if (error.status === 403)
    return { reason: "forbidden", detail: "The network does not let our account answer this post." };
  return visibility === "direct" ? REFUSED_MESSAGE : toRefusedReply(error.message);
}
