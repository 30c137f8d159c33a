import type { Post } from "../model/post.ts";
import type { Reading } from "../model/reading.ts";
import { mapLive } from "./live.ts";
import type { Stage } from "./stage.ts";

/** Reads what others said. What we said ourselves is no opinion about us, and stays unread. */
export function toUnderstand(read: (post: Post) => Reading): Stage {
  return {
    name: "understand",
    apply: async (drafts) =>
      await Promise.resolve(
        mapLive(drafts, (draft) =>
          draft.post.direction === "outbound" ? draft : { ...draft, reading: read(draft.post) },
        ),
      ),
  };
}
