import type { KeptSettings, OrgSettings, Remark, RuleRow } from "../model/settings.ts";
import { defaultRules } from "../rules/defaults.ts";
import type { Listener } from "../rules/listener.ts";
import type { RuleSet } from "../rules/rule.ts";
import { toListeners, type Hearers } from "../rules/to-listeners.ts";
import { toRuleSet } from "../rules/to-rule-set.ts";
import { TOPIC_NAMES } from "../understanding/topics.ts";

export interface Known {
  readonly queues: OrgSettings["queues"];
  readonly hearers: Hearers;
  /** The listeners in use: a row that is broken now goes on as it was. */
  readonly before: readonly Listener[];
}

/** What is to be made of what coordinators keep. */
export interface Judged {
  /** undefined: a row is broken, and no rule changes. Without any active row: the defaults, made of no rows. */
  readonly rules: { readonly set: RuleSet; readonly rows: readonly RuleRow[] } | undefined;
  readonly listeners: readonly Listener[];
  /** For the rows; of rules none that is not broken while one is. */
  readonly remarks: readonly Remark[];
}

/** Pure: who only looks learns what the connector would make of it. */
export function judgeSettings(kept: KeptSettings, known: Known): Judged {
  const rules = judgeRules(kept.rules, known);
  const listeners = judgeListeners(kept.listeners, known);
  return { rules: rules.use, listeners: listeners.use, remarks: [...rules.remarks, ...listeners.remarks] };
}

function judgeRules(
  rows: readonly RuleRow[],
  { queues }: Known,
): { readonly use: Judged["rules"]; readonly remarks: readonly Remark[] } {
  const active = rows.filter(({ active }) => active);
  const read =
    active.length === 0
      ? { set: defaultRules }
      : toRuleSet(active, { queues: new Set(queues.keys()), topics: TOPIC_NAMES });
  if ("set" in read) return { use: { set: read.set, rows: active }, remarks: rows.map((row) => toRemark("rule", row)) };
  const stay = "Until all rules are whole, the rules that were in use before stay in use.";
  return { use: undefined, remarks: read.faults.map((fault) => ({ ...fault, detail: `${fault.detail} ${stay}` })) };
}

/** Each for itself: one that is broken holds up no other. */
function judgeListeners(
  rows: KeptSettings["listeners"],
  { hearers, before }: Known,
): { readonly use: readonly Listener[]; readonly remarks: readonly Remark[] } {
  const { listeners, faults } = toListeners(rows, hearers);
  const faultOf = new Map(faults.map((fault) => [fault.id, fault]));
  const goOn = before.filter(({ id }) => faultOf.has(id));
  const remarks = rows.map((row) => {
    const fault = faultOf.get(row.id);
    if (fault === undefined) return toRemark("listener", row);
    const isOn = goOn.some(({ id }) => id === row.id);
    return isOn ? { ...fault, detail: `${fault.detail} Until then it listens as it did before.` } : fault;
  });
  return { use: [...listeners, ...goOn].sort((one, other) => (one.id < other.id ? -1 : 1)), remarks };
}

function toRemark(on: Remark["on"], { id, active }: { readonly id: string; readonly active: boolean }): Remark {
  return { on, id, state: active ? "In use" : "Switched off", detail: "" };
}
