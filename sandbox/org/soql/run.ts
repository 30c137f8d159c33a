import type { Query } from "../query.ts";
import type { Schema } from "../schema.ts";
import type { JsonValue, QueryResult, QueryRow } from "../store.ts";
import type { Database, SqlValue } from "../store/database.ts";
import { toJson } from "../store/stored-value.ts";
import { parseSoql } from "./parse.ts";
import { requireType, toPlan, type Output, type Plan, type PlanOptions } from "./plan.ts";

type MutableRow = { attributes: QueryRow["attributes"] } & Record<string, unknown>;

/** Runs SOQL, as text or as a tree, as the actor of the options. All rows at once. */
export function runQuery(database: Database, options: PlanOptions, query: string | Query): QueryResult {
  const tree = typeof query === "string" ? parseSoql(query) : query;
  const plan = toPlan(options, tree, requireType(options, tree.from));
  return runPlan(database, options.schema, plan, []);
}

function runPlan(database: Database, schema: Schema, plan: Plan, first: readonly SqlValue[]): QueryResult {
  const statement = database.statement(plan.sql.text);
  statement.setReturnArrays(true);
  const rows = statement.all(...first, ...plan.sql.values) as unknown as SqlValue[][];
  if (plan.countOnly) return { totalSize: Number(rows[0]?.[1] ?? 0), done: true, records: [] };
  const records = rows.map((row) => {
    if (plan.aggregate) return toAggregateRow(plan, row);
    const record = toRow(schema, plan, row);
    for (const child of plan.children) {
      const found = runPlan(database, schema, child.plan, [row[0] ?? null]);
      record[child.name] = found.totalSize === 0 ? null : found;
    }
    return record as QueryRow;
  });
  return { totalSize: records.length, done: true, records };
}

function toAggregateRow(plan: Plan, row: readonly SqlValue[]): QueryRow {
  const values = plan.outputs.map((output): [string, JsonValue] => [
    output.name,
    toJson(output.field, row[output.column] ?? null),
  ]);
  return { attributes: { type: "AggregateResult" }, ...Object.fromEntries(values) };
}

function toRow(schema: Schema, plan: Plan, row: readonly SqlValue[]): MutableRow {
  const record = toRecord(schema, row[0] ?? null);
  for (const output of plan.outputs) place(schema, record, output, row);
  return record;
}

/** Puts a value where it belongs: into its parent's record, which is null where the lookup is empty. */
function place(schema: Schema, record: MutableRow, output: Output, row: readonly SqlValue[]): void {
  let at = record;
  for (const { relationship, column } of output.parents) {
    const id = row[column] ?? null;
    at[relationship] ??= id === null ? null : toRecord(schema, id);
    if (id === null) return;
    at = at[relationship] as MutableRow;
  }
  at[output.name] = toJson(output.field, row[output.column] ?? null);
}

function toRecord(schema: Schema, id: SqlValue): MutableRow {
  const type = schema.objectOf(String(id))?.name ?? "Name";
  return { attributes: { type, url: `/services/data/v66.0/sobjects/${type}/${String(id)}` } };
}
