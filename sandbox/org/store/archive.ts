import { Refusal } from "../refusal.ts";
import type { Rows } from "./rows.ts";
import { toDateText } from "./times.ts";

const YEAR_MS = 365 * 86_400_000;

/** Archives closed Tasks that were due a year ago or, without a due date, made a year ago. They may still be written to. */
export function archiveTasks(rows: Rows): void {
  const before = rows.now() - YEAR_MS;
  const day = toDateText(new Date(before).toISOString().slice(0, 10));
  if (day === undefined) throw new Refusal("UNKNOWN_EXCEPTION", "the clock shows no date");
  rows.database.run(
    `UPDATE "Task" SET "IsArchived" = 1 WHERE "IsClosed" = 1 AND "IsDeleted" = 0
       AND CASE WHEN "ActivityDate" IS NULL THEN "CreatedDate" <= ? ELSE "ActivityDate" <= ? END`,
    before,
    day,
  );
}
