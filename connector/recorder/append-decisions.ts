import type { Journal, NewEntry } from "../journal/journal.ts";
import type { Draft } from "../model/draft.ts";
import { toPostPartition } from "../model/partition.ts";
import { toPostEvent } from "../model/post.ts";

export type Decision = "recorded" | "ignored" | "rejected";

/** Why posts became what they became, in the log "decisions". A post that is rejected and succeeds later has one of each. */
export async function appendDecisions(
  journal: Journal,
  decided: readonly (readonly [Draft, Decision])[],
): Promise<void> {
  await journal.append(
    "decisions",
    decided.map(([draft, decision]) => toEntry(draft, decision, journal.partitions)),
  );
}

/** Rule, reason and facts, without the post's words. */
function toEntry({ post, ignored, triage, identity, home }: Draft, outcome: Decision, partitions: number): NewEntry {
  const event = toPostEvent(post);
  const value = { outcome, ignored, triage, identity: identity?.state, home: home?.kind, post: post.key };
  return {
    key: `${event.key}/${outcome}`,
    partition: toPostPartition(event, false, partitions),
    value: JSON.stringify(value),
  };
}
