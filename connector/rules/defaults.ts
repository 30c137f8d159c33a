import { defaultRows } from "./default-rows.ts";
import type { RuleSet } from "./rule.ts";
import { toRuleSet } from "./to-rule-set.ts";

/** The default rows as rules. */
export const defaultRules: RuleSet = openDefaults();

function openDefaults(): RuleSet {
  const read = toRuleSet(defaultRows.map((row) => ({ ...row, id: row.name })));
  if ("faults" in read)
    throw new Error(`The default rules are broken: ${read.faults.map(({ detail }) => detail).join(" ")}`);
  return read.set;
}
