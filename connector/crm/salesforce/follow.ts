import type { FollowedChange, MergeChange } from "../../model/change.ts";
import type { Key } from "../../model/glossary.ts";
import type { Link } from "../../model/memory.ts";
import type { Written } from "../crm.ts";
import { adoptCases } from "./follow/cases.ts";
import { followMergedCases, followMergedPeople, type Followed } from "./follow/merged.ts";
import { readAll, type FollowOptions } from "./follow/options.ts";
import { agreeWithPersonas } from "./follow/personas.ts";
import { followWritten } from "./follow/written.ts";
import { toFirstFailure } from "./outcome.ts";
import { required, text } from "./rows.ts";
import { isIn } from "./soql.ts";

/** How many are followed together: their queries stay within what Salesforce takes. */
const TOGETHER = 50;

/**
 * What hangs on these changes follows them. A change only says where to look: what counts is what the org holds now, so that
 * repeating one, or following it late, ends the same. A corrected label stands as it is: nothing hangs on it here.
 */
export async function follow(
  options: FollowOptions,
  changes: readonly FollowedChange[],
  signal: AbortSignal,
): Promise<readonly Written[]> {
  const outcomes: Written[] = [];
  for (let start = 0; start < changes.length; start += TOGETHER) {
    outcomes.push(...(await followTogether(options, changes.slice(start, start + TOGETHER), signal)));
  }
  return outcomes;
}

async function followTogether(
  options: FollowOptions,
  changes: readonly FollowedChange[],
  signal: AbortSignal,
): Promise<readonly Written[]> {
  const found = new Map<FollowedChange, Written>();
  const note = (followed: Followed<FollowedChange>): void => {
    for (const [one, outcome] of followed) found.set(one, outcome);
  };
  const merged = changes.filter((one) => one.type === "merged");
  const [cases, people] = [merged.filter(isOfCases), merged.filter((one) => !isOfCases(one))];
  if (cases.length > 0) note(await followMergedCases(options, cases, signal));
  if (people.length > 0) note(await followMergedPeople(options, people, signal));
  note(await followPersonas(options, changes, signal));
  note(await followPlacedPosts(options, changes, signal));
  const written = changes.filter((one) => one.type === "written");
  if (written.length > 0) note(await followWritten(options, written, signal));
  return changes.map((one) => found.get(one));
}

const isOfCases = ({ object }: MergeChange): boolean => object === "Case";

/** Personas that people decided on, and those whose Lead was converted. */
async function followPersonas(
  options: FollowOptions,
  changes: readonly FollowedChange[],
  signal: AbortSignal,
): Promise<Followed<FollowedChange>> {
  const { persona } = options.fields;
  const decided = changes.filter((one) => one.type === "identity");
  const converted = changes.filter((one) => one.type === "converted");
  const formers = new Map<Key, Link[]>();
  // Whom it then stood for, too: this may have been followed half-way, and the person has decided again since.
  for (const one of decided) formers.set(one.persona, [...(formers.get(one.persona) ?? []), one.before, one.link]);
  const keysOfLead = new Map<string, Key[]>();
  if (converted.length > 0) {
    const leads = isIn(
      persona.lead,
      converted.map(({ lead }) => lead),
    );
    const query = `SELECT Id, ${persona.key}, ${persona.lead} FROM ${persona.object} WHERE ${leads}`;
    for (const row of (await readAll(options, { personas: query }, signal)).personas) {
      const [key, lead] = [required(row, persona.key), text(row, persona.lead) ?? ""];
      keysOfLead.set(lead, [...(keysOfLead.get(lead) ?? []), key]);
      if (!formers.has(key)) formers.set(key, []);
    }
  }
  if (formers.size === 0) return new Map();
  const outcomes = await agreeWithPersonas(options, formers, signal);
  return new Map<FollowedChange, Written>([
    ...decided.map((one) => [one, outcomes.get(one.persona)] as const),
    ...converted.map((one) => {
      const keys = keysOfLead.get(one.lead) ?? [];
      return [one, toFirstFailure(...keys.map((key) => outcomes.get(key)))] as const;
    }),
  ]);
}

async function followPlacedPosts(
  options: FollowOptions,
  changes: readonly FollowedChange[],
  signal: AbortSignal,
): Promise<Followed<FollowedChange>> {
  const placed = changes.filter((one) => one.type === "case").filter(({ caseId }) => caseId !== undefined);
  if (placed.length === 0) return new Map();
  const outcomes = await adoptCases(options, [...new Set(placed.map(({ post }) => post))], signal);
  return new Map(placed.map((one) => [one, outcomes.get(one.post)]));
}
