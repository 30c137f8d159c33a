import type { Post } from "../../model/post.ts";
import { IS_PRIVATE } from "../replying/routes.ts";

export function toPublicBlock({ visibility, kind }: Post): string | undefined {
  if (visibility === "public") return undefined;
  return kind === "message" ? IS_PRIVATE : "The author showed this post to followers only: answer it in private.";
}
