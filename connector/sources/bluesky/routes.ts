import type { Post } from "../../model/post.ts";
import { IS_PRIVATE } from "../replying/routes.ts";
import { toAddress } from "./keys.ts";
import { isTid } from "./tid.ts";

/** A reply's own name follows from that of the post it answers. */
export const UNUSUAL_NAME =
  "The author's app gave this post an unusual name, under which no reply of ours can be kept single: answer it in Bluesky.";

export function toPublicBlock({ visibility, key }: Post): string | undefined {
  if (visibility === "private") return IS_PRIVATE;
  return isTid(toAddress(key)?.rkey ?? "") ? undefined : UNUSUAL_NAME;
}

/** Whoever wrote to us in private may be answered there, whatever they take from others. */
export function toPrivateBlock({ noMessages }: Post): string | undefined {
  return noMessages;
}
