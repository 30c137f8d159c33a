import type { ObjectType } from "../schema.ts";
import type { Row, SqlValue } from "./database.ts";
import type { Rows } from "./rows.ts";
import { toSeconds } from "./times.ts";

/** What the org fills in itself from what was written; `prior` is the row before, if there was one. */
export function derive(rows: Rows, object: ObjectType, row: Row, prior: Row | undefined): Row {
  switch (object.name) {
    case "Contact":
    case "Lead":
    case "User":
      return { Name: [row["FirstName"], row["LastName"]].filter(Boolean).join(" ") };
    case "Case":
      return { ...deriveClosed(rows, "CaseStatus", "ClosedDate", row, prior), ...deriveAccount(rows, row, prior) };
    case "Task":
      return deriveClosed(rows, "TaskStatus", "CompletedDateTime", row, prior);
    default:
      return {};
  }
}

function deriveClosed(rows: Rows, statuses: string, stamp: string, row: Row, prior: Row | undefined): Row {
  if (row["Status"] === prior?.["Status"] && prior !== undefined) return {};
  const sql = `SELECT "IsClosed" FROM "${statuses}" WHERE "ApiName" = ?`;
  const closed = rows.database.get(sql, row["Status"] ?? null)?.["IsClosed"] === 1;
  if (!closed) return { IsClosed: 0, [stamp]: null };
  return prior?.["IsClosed"] === 1 ? { IsClosed: 1 } : { IsClosed: 1, [stamp]: toSeconds(rows.now()) };
}

/** A Case without an Account takes its Contact's. */
function deriveAccount(rows: Rows, row: Row, prior: Row | undefined): Row {
  const contactId: SqlValue = row["ContactId"] ?? null;
  if (contactId === null || row["AccountId"] || contactId === prior?.["ContactId"]) return {};
  return {
    AccountId: rows.database.get(`SELECT "AccountId" FROM "Contact" WHERE "Id" = ?`, contactId)?.["AccountId"] ?? null,
  };
}
