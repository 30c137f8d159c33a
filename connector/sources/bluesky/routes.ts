import type { Post } from "../../model/post.ts";
import { IS_PRIVATE } from "../replying/routes.ts";

export function toPublicBlock({ visibility }: Post): string | undefined {
  return visibility === "public" ? undefined : IS_PRIVATE;
}

/** Whoever wrote to us in private may be answered there, whatever they take from others. */
export function toPrivateBlock({ noMessages }: Post): string | undefined {
  return noMessages;
}
