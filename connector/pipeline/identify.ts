import { toIdentity } from "../identity/to-identity.ts";
import { mapLive } from "./live.ts";
import type { Stage } from "./stage.ts";

/** Finds out which customer speaks. We are none, so our own posts have no identity. */
export function toIdentify(): Stage {
  return {
    name: "identify",
    apply: async (drafts) =>
      await Promise.resolve(
        mapLive(drafts, (draft) =>
          draft.post.direction === "outbound" || draft.memory === undefined
            ? draft
            : { ...draft, identity: toIdentity(draft.memory) },
        ),
      ),
  };
}
