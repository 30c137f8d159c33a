import type { Post } from "../../model/post.ts";
import { Declined } from "../asking/declined.ts";
import { toPostId } from "./keys.ts";
import type { Link } from "./link.ts";
import { WireContext } from "./schema.ts";

/** The parents of a post up to the root, root first, those that are still there; none where the post itself is gone. */
export async function readThread(post: Post, { ask, us, read }: Link, signal: AbortSignal): Promise<readonly Post[]> {
  const id = toPostId(us.domain, post.key);
  if (id === undefined) return [];
  try {
    const { ancestors } = WireContext.parse(await ask(signal, { path: `/api/v1/statuses/${id}/context` }));
    return ancestors.map(read).filter((parent) => parent !== undefined);
  } catch (error) {
    if (error instanceof Declined) return [];
    throw error;
  }
}
