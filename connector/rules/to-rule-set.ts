import { createHash } from "node:crypto";
import type { Remark, RuleRow } from "../model/settings.ts";
import { openPlanner, type Plan } from "./cel.ts";
import { Unusable } from "./found.ts";
import type { Rule, RuleSet, Verdict } from "./rule.ts";
import { toCondition } from "./to-condition.ts";

/** What rules are checked against; what is absent is not checked. */
export interface Known {
  /** Developer names of the org's queues. */
  readonly queues?: ReadonlySet<string>;
  readonly topics?: readonly string[];
}

/** A week. */
const LONGEST_MINUTES = 10_080;
const PRIORITIES: ReadonlySet<string> = new Set(["High", "Medium", "Low"]);

/**
 * The rules that these rows are, as far as they are active; or all that is wrong with them, each row with what is wrong and
 * how it is mended. One broken row is enough for no set; no active row makes none either.
 */
export function toRuleSet(
  rows: readonly RuleRow[],
  known: Known = {},
): { readonly set: RuleSet } | { readonly faults: readonly Remark[] } {
  const active = rows.filter((row) => row.active).sort(inOrder);
  const plan = openPlanner();
  const read = active.map((row) => ({ row, ...readRow(row, plan, known) }));
  const faults = read.filter(({ faults }) => faults.length > 0).map(({ row, faults }) => toRemark(row, faults));
  if (faults.length > 0) return { faults };
  const last = active.at(-1);
  if (last === undefined) return { faults: [] };
  const open = toOpenEnds(read);
  if (open.length > 0) return { faults: [toRemark(last, open)] };
  const rules = read.flatMap(({ rule }) => rule ?? []);
  return { set: { version: toVersion(active), deciding: toDeciding(rules) } };
}

function inOrder(one: RuleRow, other: RuleRow): number {
  const byOrder = (one.order ?? Infinity) - (other.order ?? Infinity);
  if (byOrder !== 0 && !Number.isNaN(byOrder)) return byOrder;
  const [oneName, otherName] = [`${one.name} ${one.id}`, `${other.name} ${other.id}`];
  return oneName < otherName ? -1 : Number(oneName > otherName);
}

interface ReadRow {
  readonly rule?: Rule & { readonly isAlways: boolean };
  readonly faults: readonly string[];
}

function readRow(row: RuleRow, plan: Plan, { queues, topics }: Known): ReadRow {
  const { name, condition, needsResponse, priority, queue, responseMinutes } = row;
  const says = {
    ...(needsResponse === undefined ? {} : { needsResponse }),
    ...(priority === undefined ? {} : { priority }),
    ...(queue === undefined ? {} : { queue }),
    ...(responseMinutes === undefined ? {} : { responseMinutes }),
  };
  const faults = toFaults(row, queues);
  try {
    const late = needsResponse === undefined && priority === undefined;
    const prepared = toCondition(condition, plan, { late, topics });
    return { rule: { name, says, reason: toSentence(row.reason), ...prepared }, faults };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { faults: [...faults, error.message] };
  }
}

/** What is wrong beside the condition. */
function toFaults(
  { order, needsResponse, priority, queue, responseMinutes }: RuleRow,
  queues: Known["queues"],
): string[] {
  const faults: string[] = [];
  if (order === undefined) faults.push("It has no order: give it a number, rules are asked from the lowest on.");
  if ([needsResponse, priority, queue, responseMinutes].every((part) => part === undefined))
    faults.push("It decides nothing: fill in response, priority, queue or minutes, or switch it off.");
  if (priority !== undefined && !PRIORITIES.has(priority))
    faults.push(`"${priority}" is no priority: choose High, Medium or Low.`);
  if (queue !== undefined && queues?.has(queue) === false)
    faults.push(`The org has no queue "${queue}": write a queue's API name, which Setup shows under Queues.`);
  if (responseMinutes !== undefined && !isMinutes(responseMinutes))
    faults.push(
      `${responseMinutes} minutes will not do: write a whole number from 1 to ${LONGEST_MINUTES}, which is a week.`,
    );
  return faults;
}

function isMinutes(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MINUTES;
}

const PARTS: { readonly [Part in keyof Verdict]: string } = {
  needsResponse: "whether a response is needed",
  priority: "the priority",
  queue: "the queue",
  responseMinutes: "the minutes",
};
const PART_NAMES = Object.keys(PARTS) as (keyof Verdict)[];

/** A set that may come to no decision. */
function toOpenEnds(read: readonly ReadRow[]): readonly string[] {
  const open = PART_NAMES.filter((part) => !read.some(({ rule }) => rule?.isAlways === true && part in rule.says));
  if (open.length === 0) return [];
  return [
    `When no rule holds, nothing decides ${open.map((part) => PARTS[part]).join(", ")}: add a last rule with an empty condition ` +
      'that says it. `earshot setup` brings one, called "otherwise".',
  ];
}

function toDeciding(rules: readonly Rule[]): RuleSet["deciding"] {
  const about = (part: keyof Verdict): readonly Rule[] => rules.filter(({ says }) => part in says);
  return {
    needsResponse: about("needsResponse"),
    priority: about("priority"),
    queue: about("queue"),
    responseMinutes: about("responseMinutes"),
  };
}

/** What a rule is, without where it stands and what somebody noted beside it. */
function toVersion(active: readonly RuleRow[]): string {
  const rules = active.map(({ name, condition, needsResponse, priority, queue, responseMinutes, reason }) =>
    [name, condition, needsResponse, priority, queue, responseMinutes, reason].map((part) => part ?? null),
  );
  return createHash("sha256").update(JSON.stringify(rules)).digest("hex").slice(0, 12);
}

function toRemark({ id }: RuleRow, faults: readonly string[]): Remark {
  return { on: "rule", id, state: "Broken", detail: faults.join(" ") };
}

function toSentence(reason: string): string {
  const trimmed = reason.trim();
  return trimmed === "" || /[.!?…]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}
