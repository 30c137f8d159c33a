import type { Draft } from "../model/draft.ts";
import { isBackground } from "../model/post.ts";
import { mapLive } from "./live.ts";
import type { Stage } from "./stage.ts";

/** An activity on the Contact or Lead for what they said in public. What they said in private is nobody else's business. */
export function toTask(): Stage {
  return {
    name: "task",
    apply: async (drafts) =>
      await Promise.resolve(mapLive(drafts, (draft) => (hasActivity(draft) ? { ...draft, task: true } : draft))),
  };
}

function hasActivity({ post, identity, triage }: Draft): boolean {
  const { contact, lead } = identity?.link ?? {};
  return (
    triage?.keep === true &&
    post.direction === "inbound" &&
    post.visibility === "public" &&
    !isBackground(post) &&
    (contact ?? lead) !== undefined
  );
}
