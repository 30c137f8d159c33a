import { isBackground, type Post, type PostEvent } from "../model/post.ts";
import type { RuleSet } from "../rules/rule.ts";
import { toTriage } from "../rules/to-triage.ts";
import type { Read } from "../understanding/reader.ts";
import { toNoise } from "./screen.ts";
import type { HandleOf } from "./triage.ts";

/** What is older when we hear of it is history. */
const HISTORY_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Does an event go before others when much is waiting? A deletion does, and a post that by its words and the rules alone
 * needs a response. Pure; asks the same screen, reader and rules as the pipeline does, without the CRM's memory.
 */
export function toUrgent(
  read: Read,
  rules: () => RuleSet,
  handleOf: HandleOf = () => undefined,
): (event: PostEvent) => boolean {
  return (event) => {
    if (event.type === "deleted") return true;
    const { post } = event;
    if (post.direction === "outbound" || isBackground(post) || isHistory(post)) return false;
    if (toNoise(post) !== undefined) return false;
    const facts = { post, reading: read(post), linked: false, bond: undefined, handle: handleOf(post.account) };
    return toTriage(rules(), facts).needsResponse;
  };
}

/** A post is as old as what it says: an edit is from when it was edited. */
function isHistory({ postedAt, version, detectedAt }: Post): boolean {
  return Date.parse(detectedAt) - Math.max(Date.parse(postedAt), version) > HISTORY_MS;
}
