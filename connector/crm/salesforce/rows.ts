import { z } from "zod";
import type { IsoTime } from "../../model/glossary.ts";
import type { Session, StepResult } from "./connect.ts";
import { toErrorCode, toFailure } from "./failure.ts";

/** A row as Salesforce gives it; field names depend on the namespace, so it is read through the functions here. */
export type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

const QueryPage = z.object({
  // What is in a row is looked at where it is read: there are thousands of them.
  records: z.array(z.custom<Row>(isRow)),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
});
const RestErrors = z.array(z.object({ errorCode: z.string(), message: z.string() }));
const RowResults = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    errors: z.array(z.object({ statusCode: z.string(), message: z.string(), fields: z.array(z.string()).nullish() })),
  }),
);

export type RowResult = z.infer<typeof RowResults>[number];

/** All rows of a query in a composite, further pages fetched. Throws what Salesforce says where it refused the query. */
export async function toRows(session: Session, result: StepResult | undefined, signal: AbortSignal): Promise<Row[]> {
  let page = QueryPage.parse(accepted(result));
  const rows: Row[] = [...page.records];
  while (page.nextRecordsUrl !== undefined) {
    page = QueryPage.parse(await session.more(page.nextRecordsUrl, signal));
    rows.push(...page.records);
  }
  return rows;
}

/** What became of each row of a collection call, in its order. */
export function toRowResults(result: StepResult | undefined): readonly RowResult[] {
  return RowResults.parse(accepted(result));
}

function accepted(result: StepResult | undefined): unknown {
  if (result === undefined) throw new Error("Salesforce left a step of the composite unanswered");
  if (result.status < 400) return result.body;
  const errors = RestErrors.safeParse(result.body);
  const first = errors.success ? errors.data[0] : undefined;
  const error = Object.assign(new Error(first?.message ?? `HTTP ${result.status}`), {
    errorCode: first?.errorCode ?? `ERROR_HTTP_${result.status}`,
  });
  error.name = toErrorCode(error) ?? error.name;
  throw toFailure(error);
}

/** A text field; undefined for null and for what the query did not ask. */
export function text(row: Row | undefined, field: string): string | undefined {
  const value = row?.[field];
  return typeof value === "string" ? value : undefined;
}

export function required(row: Row, field: string): string {
  const value = text(row, field);
  if (value === undefined) throw new Error(`Salesforce answered a row without ${field}`);
  return value;
}

export function number(row: Row | undefined, field: string): number | undefined {
  const value = row?.[field];
  return typeof value === "number" ? value : undefined;
}

export function flag(row: Row | undefined, field: string): boolean {
  return row?.[field] === true;
}

/** Salesforce writes `2026-01-01T10:00:00.000+0000`. */
export function time(row: Row | undefined, field: string): IsoTime | undefined {
  const value = text(row, field);
  if (value?.endsWith(".000+0000") === true) return `${value.slice(0, -5)}Z`;
  return value === undefined ? undefined : new Date(value).toISOString();
}

/** The row that a lookup points to. */
export function parent(row: Row | undefined, relationship: string): Row | undefined {
  const value = row?.[relationship];
  return typeof value === "object" && value !== null ? (value as Row) : undefined;
}

/** The rows of a child subquery. */
export function children(row: Row, relationship: string): readonly Row[] {
  const value = row[relationship];
  return value === null || value === undefined ? [] : QueryPage.parse(value).records;
}
