import type { Post } from "../../model/post.ts";
import { Refused } from "./client.ts";
import { toPostId } from "./keys.ts";
import type { Link } from "./link.ts";

/** The parents of a post up to the root, root first, those that are still there; none where the post itself is gone. */
export async function readThread(post: Post, { ask, us, read }: Link, signal: AbortSignal): Promise<readonly Post[]> {
  const id = toPostId(us.domain, post.key);
  if (id === undefined) return [];
  try {
    const { ancestors } = await ask(signal, (rest) => rest.v1.statuses.$select(id).context.fetch());
    return ancestors.map(read).filter((parent) => parent !== undefined);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
}
