import type { KeptSettings, ListenerRow, Remark, RuleRow } from "../../../model/settings.ts";
import type { Step } from "../connect.ts";
import { toColumns, type Fields } from "../fields.ts";
import { fromLines } from "../lines.ts";
import { flag, number, parent, required, text, type Row } from "../rows.ts";
import type { KeptOptions } from "./kept-options.ts";
import { readOrExplain } from "../settings.ts";
import { queryPath } from "../soql.ts";

/** What a row says of itself, by its id. */
export type Said = Map<string, Pick<Remark, "detail"> & { readonly state: string }>;

/** All rows of settings; one call, and another for each further page. `Misconfigured` where the package is too old for them. */
export async function readKept(
  { session, fields: f }: KeptOptions,
  signal: AbortSignal,
): Promise<{ readonly kept: KeptSettings; readonly said: Said }> {
  const account = `${f.listener.account.row}.${f.account.key}`;
  const queries = {
    listeners: toQuery(f.listener, account),
    rules: toQuery(f.rule),
  };
  const steps = Object.entries(queries).map(([ref, soql]): Step => ({ ref, method: "GET", path: queryPath(soql) }));
  // Posts wait until it is known by which rules.
  const results = await session.composite(steps, signal, "urgent");
  const rows = (ref: keyof typeof queries) => readOrExplain(session, results.get(ref), ref, f, signal);
  const [listeners, rules] = [await rows("listeners"), await rows("rules")];
  return {
    kept: { listeners: listeners.map((row) => toListener(f, row)), rules: rules.map((row) => toRule(f, row)) },
    said: new Map([...listeners.map((row) => toSaid(f.listener, row)), ...rules.map((row) => toSaid(f.rule, row))]),
  };
}

function toQuery({ object, ...names }: Fields["listener"] | Fields["rule"], ...more: readonly string[]): string {
  return `SELECT ${["Id", "Name", ...toColumns(names), ...more].join(", ")} FROM ${object} ORDER BY Id`;
}

function toListener({ listener: l, account }: Fields, row: Row): ListenerRow {
  const id = text(row, l.account.id);
  return {
    id: required(row, "Id"),
    name: text(row, "Name") ?? "",
    active: flag(row, l.active),
    // An account's row that has no key is none of ours: it must not become all of them.
    account: id === undefined ? undefined : (text(parent(row, l.account.row), account.key) ?? id),
    words: toText(row, l.words),
    excluded: toText(row, l.excluded),
    languages: toText(row, l.languages),
  };
}

const RESPONSES: Readonly<Record<string, boolean>> = { Needed: true, "Not needed": false };

function toRule({ rule: r }: Fields, row: Row): RuleRow {
  return {
    id: required(row, "Id"),
    name: text(row, "Name") ?? "",
    active: flag(row, r.active),
    order: number(row, r.order),
    condition: toText(row, r.condition),
    needsResponse: RESPONSES[text(row, r.response) ?? ""],
    // An org may add values to the list: whoever checks the rule says so.
    priority: text(row, r.priority) as RuleRow["priority"],
    queue: text(row, r.queue),
    responseMinutes: number(row, r.responseMinutes),
    reason: toText(row, r.reason),
  };
}

function toText(row: Row, field: string): string {
  return fromLines(text(row, field) ?? "");
}

function toSaid({ state, stateDetail }: { readonly state: string; readonly stateDetail: string }, row: Row) {
  return [required(row, "Id"), { state: text(row, state) ?? "", detail: text(row, stateDetail) ?? "" }] as const;
}
