import { Unavailable } from "../../errors.ts";
import type { Rejection } from "../../model/glossary.ts";
import type { Post } from "../../model/post.ts";
import type { Claimed } from "../../model/reply.ts";
import { Refused } from "./client.ts";
import type { Ask } from "./client.ts";
import type { Reader } from "./reader.ts";
import type { Perspective } from "./to-post.ts";
import { GONE, toStatus } from "./to-status.ts";

export interface Publishing {
  readonly ask: Ask;
  readonly us: Perspective;
  readonly read: Reader;
}

/** Posts the reply; the same key within an hour answers with the same post. */
export async function publish(
  reply: Claimed,
  { ask, us, read }: Publishing,
  signal: AbortSignal,
): Promise<Post | Rejection> {
  const status = toStatus(reply, us);
  if ("reason" in status) return status;
  try {
    const headers = { "Idempotency-Key": reply.key };
    const answer = await ask(signal, (rest) => rest.v1.statuses.create(status, { requestInit: { headers } }));
    const post = read(answer);
    if (post === undefined) throw new Unavailable("The network took the reply and answered with something unreadable");
    return post;
  } catch (error) {
    if (error instanceof Refused) return toRejection(error);
    throw error;
  }
}

function toRejection(error: Refused): Rejection {
  if (error.status === 404 || error.status === 410) return GONE;
  if (error.status === 403)
    return { reason: "forbidden", detail: "The network does not let our account answer this post." };
  return { reason: "refused", detail: `The network refused the reply: ${error.message.slice(0, 200)}` };
}
