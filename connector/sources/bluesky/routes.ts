import type { Account } from "../../model/account.ts";
import type { Post } from "../../model/post.ts";
import type { Route, RouteKind } from "../../model/reply.ts";

/** What may be sent in answer to this post. The network knows no windows of time, so now is as good as later. */
export function toRoutes(post: Post, account: Account): readonly Route[] {
  return [
    toRoute("Public reply", toPublicBlock(post, account)),
    toRoute("Private message", toPrivateBlock(post, account)),
  ];
}

function toRoute(kind: RouteKind, blocked: string | undefined): Route {
  return blocked === undefined ? { kind } : { kind, blocked };
}

const LISTENS_ONLY = "This account only listens: no reply leaves through it.";

function toPublicBlock(post: Post, account: Account): string | undefined {
  if (account.mode === "listen-only") return LISTENS_ONLY;
  return post.visibility === "public" ? undefined : "This is a private message: it can only be answered in private.";
}

/** Whoever wrote to us in private may be answered there, whatever they take from others. */
function toPrivateBlock(post: Post, account: Account): string | undefined {
  if (account.mode === "listen-only") return LISTENS_ONLY;
  if (post.direction === "outbound") return "This post is our own: answer one of the customer's posts.";
  return post.noMessages;
}
