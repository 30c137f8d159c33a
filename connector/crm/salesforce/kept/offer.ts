import { Misconfigured, Unavailable } from "../../../errors.ts";
import type { OfferedRule } from "../../../model/settings.ts";
import { COLLECTION, toUpsertPath, writeChunks, type Collection } from "../collection.ts";
import type { Session } from "../connect.ts";
import type { Fields } from "../fields.ts";
import type { KeptOptions } from "./kept-options.ts";
import { toLines } from "../lines.ts";
import { isThere } from "../outcome.ts";
import type { NewRow } from "../post-row.ts";
import { text, toRows } from "../rows.ts";
import { isIn, queryPath } from "../soql.ts";

const LONGEST_CONDITION = 8192;

/** Makes the rules that are not there; born: what somebody else made meanwhile stays. How many were missing. */
export async function offer(
  { session, fields: f }: KeptOptions,
  rules: readonly OfferedRule[],
  signal: AbortSignal,
): Promise<number> {
  const names = rules.map(({ name }) => name);
  const soql = `SELECT Id, ${f.rule.key} FROM ${f.rule.object} WHERE ${isIn(f.rule.key, names)}`;
  const results = await session.composite([{ ref: "rules", method: "GET", path: queryPath(soql) }], signal);
  const there = new Set((await toRows(session, results.get("rules"), signal)).map((row) => text(row, f.rule.key)));
  const missing = rules.filter(({ name }) => !there.has(name));
  const rows = new Map(missing.map((rule) => [rule.name, toRow(f, rule)]));
  const born = { ref: "rules", method: "POST", path: COLLECTION, type: f.rule.object, rows, isDone: isThere } as const;
  await write(session, born, signal);
  return missing.length;
}

/** Our rule as it comes with us. Only in such a save do the org's rules let us change what somebody wrote. */
export async function restore(
  { session, fields: f, now }: KeptOptions,
  rule: OfferedRule,
  signal: AbortSignal,
): Promise<void> {
  const row = { ...toRow(f, rule), [f.rule.restoredAt]: now() };
  const rows = new Map([[rule.name, row]]);
  const path = toUpsertPath(f.rule.object, f.rule.key);
  const whole = { ref: "rules", method: "PATCH", path, type: f.rule.object, rows, isDone: () => false } as const;
  await write(session, whole, signal);
}

function toRow({ rule: r }: Fields, rule: OfferedRule): NewRow {
  const { name, active, order, condition, needsResponse, priority, queue, responseMinutes, reason } = rule;
  return {
    [r.key]: name,
    Name: name,
    [r.active]: active,
    [r.order]: order ?? null,
    [r.condition]: toLines(condition, LONGEST_CONDITION) || null,
    [r.response]: needsResponse === undefined ? null : needsResponse ? "Needed" : "Not needed",
    [r.priority]: priority ?? null,
    [r.queue]: queue ?? null,
    [r.responseMinutes]: responseMinutes ?? null,
    [r.reason]: reason || null,
  };
}

async function write(session: Session, collection: Collection, signal: AbortSignal): Promise<void> {
  for (const [name, outcome] of await writeChunks(session, [collection], { urgency: "usual", signal })) {
    if (outcome === "again") throw new Unavailable("Salesforce holds a lock on a rule that we have to write");
    if (outcome === undefined) continue;
    const why = outcome.detail.replaceAll(": ", " - ").replace(/\.$/, "");
    throw new Misconfigured(`The org does not take the rule ${name} (${why}): mend what refuses it, and try again`);
  }
}
