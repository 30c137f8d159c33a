import type { Post } from "../../model/post.ts";
import { Declined } from "../asking/declined.ts";
import { toAddress } from "./keys.ts";
import type { Link } from "./link.ts";
import { toSaid } from "./reader.ts";
import { WireThread } from "./schema.ts";
import { toUri } from "./uri.ts";

/** More than the network gives. */
const HIGHEST = 1_000;

/** The parents of a post up to the root, root first, those that are still there; none where the post itself is gone. */
export async function readThread(post: Post, { ask, read }: Link, signal: AbortSignal): Promise<readonly Post[]> {
  const address = toAddress(post.key);
  if (address === undefined) return [];
  const query = { uri: toUri(address), depth: 0, parentHeight: HIGHEST };
  try {
    const answer = (await ask(signal, { method: "app.bsky.feed.getPostThread", query })) as {
      readonly thread?: unknown;
    };
    const views: unknown[] = [];
    for (let at = WireThread.safeParse(answer.thread).data?.parent; at?.post !== undefined; at = at.parent)
      views.unshift(at.post);
    return await read.posts(
      views.map((view) => toSaid(view)).filter((said) => said !== undefined),
      signal,
    );
  } catch (error) {
    if (error instanceof Declined) return [];
    throw error;
  }
}
