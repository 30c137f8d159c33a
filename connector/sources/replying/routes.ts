import type { Account } from "../../model/account.ts";
import type { Post } from "../../model/post.ts";
import type { Route } from "../../model/reply.ts";

/** Why a post cannot be answered so; undefined: it can. */
export type Block = (post: Post) => string | undefined;

/** What may be sent in answer to a post on a network that knows no windows of time: now is as good as later. */
export function toTimelessRoutes(
  account: Account,
  blocks: { readonly publicly: Block; readonly privately: Block },
): (post: Post) => readonly Route[] {
  const isMute = account.mode === "listen-only";
  return (post) => {
    const publicly = isMute ? LISTENS_ONLY : blocks.publicly(post);
    const privately = isMute ? LISTENS_ONLY : post.direction === "outbound" ? OURS : blocks.privately(post);
    return [
      { kind: "Public reply", ...(publicly === undefined ? {} : { blocked: publicly }) },
      { kind: "Private message", ...(privately === undefined ? {} : { blocked: privately }) },
    ];
  };
}

export const LISTENS_ONLY = "This account only listens: no reply leaves through it.";
export const IS_PRIVATE = "This is a private message: it can only be answered in private.";
const OURS = "This post is our own: answer one of the customer's posts.";
