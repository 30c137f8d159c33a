import type { Triage } from "../model/draft.ts";
import { toSeen } from "./names.ts";
import type { Facts, Rule, RuleSet, Seen, Verdict } from "./rule.ts";

/** What is to happen with a post, by these rules: of each part the first rule that says something and holds decides. */
export function toTriage({ version, deciding }: RuleSet, facts: Facts): Triage {
  const seen = toSeen(facts);
  const response = decide(deciding.needsResponse, "needsResponse", seen);
  const priority = decide(deciding.priority, "priority", seen);
  const late = Object.assign(seen, { priority: priority.verdict });
  const entry = toEntry(facts, response.verdict);
  const why = response.rule.reason === "" ? `By the rule ${response.rule.name}.` : response.rule.reason;
  const reasons = [why, priority.rule === response.rule ? "" : priority.rule.reason, entry.reason ?? ""];
  return {
    needsResponse: response.verdict,
    keep: entry.keep,
    rule: response.rule.name,
    ruleSet: version,
    reason: reasons.filter((sentence) => sentence !== "").join(" "),
    priority: priority.verdict,
    queue: decide(deciding.queue, "queue", late).verdict,
    responseMinutes: decide(deciding.responseMinutes, "responseMinutes", late).verdict,
  };
}

/** What enters the CRM, where storage is dear: what needs a response, comes from a customer, or is said among us. */
function toEntry({ post, linked, bond }: Facts, needsResponse: boolean): { keep: boolean; reason?: string } {
  if (needsResponse || post.direction === "outbound") return { keep: true };
  if (bond !== undefined) return { keep: true, reason: bond };
  if (linked) return { keep: true, reason: "Its author is on record." };
  return { keep: false, reason: "Its author is not on record, and it is no conversation of ours." };
}

/** The set's rules include one that always holds; a set without it is a bug. */
function decide<Part extends keyof Verdict>(
  rules: readonly Rule[],
  part: Part,
  seen: Seen,
): { readonly rule: Rule; readonly verdict: Verdict[Part] } {
  const rule = rules.find(({ holds }) => holds(seen));
  const verdict = rule?.says[part];
  if (rule === undefined || verdict === undefined) throw new Error("No rule holds: one of a set must hold always");
  return { rule, verdict };
}
