import type { Post } from "../../model/post.ts";
import type { Route } from "../../model/reply.ts";

/** Nothing can be sent back: the page says why, and what is left to do. */
export function toRoutes(post: Post): readonly Route[] {
  const blocked = `This cannot be answered here: ${toReason(post)}`;
  return [
    { kind: "Public reply", blocked },
    { kind: "Private message", blocked },
  ];
}

function toReason({ kind, direction, sourceClass }: Post): string {
  if (direction === "outbound") return "your company said it.";
  if (kind === "signal") return "it tells what somebody did, and nobody wrote it.";
  if (sourceClass === "offline") return "it was not said online. Write or call, as the Contact prefers.";
  return "it was brought by another system, which takes no answers. Answer where it was said.";
}
