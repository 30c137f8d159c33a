import type { Rejection } from "../../model/glossary.ts";
import type { NewRow } from "./post-row.ts";
import { withoutQuotation } from "./quotation.ts";
import { toRemedy } from "./remedies.ts";
import type { RowResult } from "./rows.ts";

/** What became of one row: undefined: it stands; "again": it may succeed later. */
export type RowOutcome = undefined | "again" | Rejection;

/** A row lock, or the org's own code out of time: the same row may go through a moment later. */
const TRANSIENT = new Set([
  "UNABLE_TO_LOCK_ROW",
  "SERVER_UNAVAILABLE",
  "REQUEST_RUNNING_TOO_LONG",
  "UNKNOWN_EXCEPTION",
  "QUERY_TIMEOUT",
  "APEX_LIMIT_EXCEEDED",
  "PROCESSING_HALTED",
]);

/** What a refusal of a row says beside what it says of every row. */
export interface Refusals {
  /** The row stands as it should: it was there, or something newer is. `name`: as others know the row. */
  readonly isDone: (error: RowError, name: string) => boolean;
  /** Something changed since we looked: it has to be decided anew. */
  readonly isStale?: (error: RowError) => boolean;
  /** What was written, by these names. */
  readonly rows?: ReadonlyMap<string, NewRow>;
}

export function toRowOutcome(result: RowResult | undefined, name: string, refusals: Refusals): RowOutcome {
  if (result === undefined) return "again";
  if (result.success) return undefined;
  const { errors } = result;
  // All rules that a row breaks are told, in no order: where ours say that it is done with, nobody waits for the others.
  if (errors.some((error) => refusals.isDone(error, name))) return undefined;
  if (errors.some((error) => TRANSIENT.has(error.statusCode) || refusals.isStale?.(error) === true)) return "again";
  const [error] = errors;
  return error === undefined
    ? "again"
    : { reason: error.statusCode, detail: toDetail(error, refusals.rows?.get(name)) };
}

/** A row of this key is there already. */
export const isThere = ({ statusCode }: RowError): boolean => statusCode === "DUPLICATE_VALUE";
/** The row to be changed was deleted, or merged into another one. */
export const isGone = ({ statusCode }: RowError): boolean => statusCode === "ENTITY_IS_DELETED";

export type RowError = RowResult["errors"][number];

/**
 * Was it refused by a rule of ours? Each of our rules reports on a field that tells it; a rule of the customer's own reports
 * elsewhere.
 */
export function isOurRule({ statusCode, fields }: RowError, ...reportedOn: readonly string[]): boolean {
  return (
    statusCode === "FIELD_CUSTOM_VALIDATION_EXCEPTION" && (fields ?? []).some((field) => reportedOn.includes(field))
  );
}

/**
 * Salesforce repeats the refused value in most messages: only what a rule says is safe to keep. A trigger of the org speaks as a
 * rule does, and may repeat words of the row.
 */
function toDetail({ statusCode, message, fields }: RowError, row: NewRow = {}): string {
  const where = fields === undefined || fields === null || fields.length === 0 ? "" : ` (${fields.join(", ")})`;
  const words = Object.values(row).filter((value) => typeof value === "string");
  const isSafe =
    statusCode === "FIELD_CUSTOM_VALIDATION_EXCEPTION" &&
    words.every((one) => withoutQuotation(message, one) === undefined);
  const remedy = toRemedy(statusCode);
  const said = `Salesforce refuses the row${where}: ${isSafe ? message : statusCode}`;
  return remedy === undefined ? said : `${said} – ${remedy}`;
}

/**
 * What became of a draft whose rows are named in the order in which they depend on each other: a row that names another one
 * by its external id fails with it, so the first failure is the cause, and a lock on it is no refusal of what follows.
 */
export function toFirstFailure(...outcomes: readonly RowOutcome[]): RowOutcome {
  return outcomes.find((outcome) => outcome !== undefined);
}
