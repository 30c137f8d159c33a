import type { Rejection } from "../../model/glossary.ts";
import { Declined } from "../asking/declined.ts";
import { GONE } from "../replying/rejections.ts";
import type { Link } from "./link.ts";
import { WirePost, WireView, WireViews } from "./schema.ts";
import { POSTS, toPostUri, toUri } from "./uri.ts";
import type { PostUri } from "./uri.ts";

/** A post in one very version. */
export interface StrongRef {
  readonly uri: string;
  readonly cid: string;
}

/** What an answer to this post hangs on, or why there may be none. */
export async function readParent(
  address: PostUri,
  { ask }: Link,
  signal: AbortSignal,
): Promise<{ readonly root: StrongRef; readonly parent: StrongRef } | Rejection> {
  const uri = toUri(address);
  const answer = await ask(signal, { method: "app.bsky.feed.getPosts", query: { uris: [uri] } });
  const [view] = WireViews.parse(answer).posts;
  const wire = WireView.safeParse(view).data;
  if (wire === undefined) return (await isThere(address, ask, signal)) ? HIDDEN : GONE;
  if (wire.author.viewer?.blockedBy === true) return HIDDEN;
  if (wire.viewer?.replyDisabled === true) return CLOSED;
  const parent = { uri, cid: wire.cid };
  const root = WirePost.safeParse(wire.record).data?.reply?.root;
  // A stranger may name any nonsense there, and our answer would be refused for it.
  return { root: root !== undefined && toPostUri(root.uri) !== undefined ? root : parent, parent };
}

/** The index shows no post of somebody who has blocked us. */
async function isThere({ did, rkey }: PostUri, ask: Link["ask"], signal: AbortSignal): Promise<boolean> {
  try {
    await ask(signal, { method: "com.atproto.repo.getRecord", query: { repo: did, collection: POSTS, rkey } });
    return true;
  } catch (error) {
    if (error instanceof Declined) return false;
    throw error;
  }
}

const HIDDEN: Rejection = {
  reason: "blocked",
  detail: "The network does not show us this post: its author has blocked our account, or it is hidden.",
};

const CLOSED: Rejection = {
  reason: "closed",
  detail: "The author lets only some people answer here, and our account is not among them. Write a private message.",
};
