import type { DuplicateRule } from "../metadata/duplicate-rule.ts";
import { Refusal } from "../refusal.ts";
import type { ObjectType } from "../schema.ts";
import type { Row } from "./database.ts";
import type { Rows } from "./rows.ts";

interface Saving {
  readonly object: ObjectType;
  readonly row: Row;
  readonly prior?: Row;
  /** The call has acknowledged alerts beforehand. */
  readonly allowDuplicates: boolean;
}

/** Refuses what an active duplicate rule finds to be there already. Of rows that are changed, only where a compared field is. */
export function checkDuplicates(rules: readonly DuplicateRule[], rows: Rows, saving: Saving): void {
  const { object, row, prior, allowDuplicates } = saving;
  for (const rule of rules) {
    if (rule.object !== object.name) continue;
    const action = prior === undefined ? rule.onInsert : rule.onUpdate;
    if (action === "pass" || (action === "alert" && allowDuplicates)) continue;
    const values = rule.fields.map((name) => row[name] ?? null);
    if (values.includes(null) || rule.fields.every((name) => prior?.[name] === row[name])) continue;
    const same = rule.fields.map((name) => `"${name}" = ?`).join(" AND ");
    const sql = `SELECT 1 AS found FROM "${object.name}" WHERE ${same} AND "IsDeleted" = 0 AND "Id" <> ?`;
    if (rows.database.get(sql, ...values, row["Id"] ?? null)) throw new Refusal("DUPLICATES_DETECTED", rule.message);
  }
}
