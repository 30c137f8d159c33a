import type { Triage } from "../model/draft.ts";
import type { Condition, Facts, RuleSet } from "./rule.ts";

/** What is to happen with a post, by these rules. The set's last rules hold always; one that does not end so is a bug. */
export function toTriage(rules: RuleSet, facts: Facts): Triage {
  const response = firstThatHolds(rules.response, facts);
  const { priority, reason } = firstThatHolds(rules.priority, facts);
  const entry = toEntry(facts, response.needsResponse);
  return {
    needsResponse: response.needsResponse,
    keep: entry.keep,
    rule: response.name,
    reason: [response.reason, reason, entry.reason].filter((sentence) => sentence !== undefined).join(" "),
    priority,
    queue: rules.queues[priority],
    responseMinutes: rules.responseMinutes[priority],
  };
}

/** What enters the CRM, where storage is dear: what needs a response, comes from a customer, or is said among us. */
function toEntry({ post, linked, bond }: Facts, needsResponse: boolean): { keep: boolean; reason?: string } {
  if (needsResponse || post.direction === "outbound") return { keep: true };
  if (bond !== undefined) return { keep: true, reason: bond };
  if (linked) return { keep: true, reason: "Its author is on record." };
  return { keep: false, reason: "Its author is not on record, and it is no conversation of ours." };
}

function firstThatHolds<R extends { readonly when: Condition }>(rules: readonly R[], facts: Facts): R {
  const rule = rules.find(({ when }) => when(facts));
  if (rule === undefined) throw new Error("No rule holds: the last one of a set must hold always");
  return rule;
}
