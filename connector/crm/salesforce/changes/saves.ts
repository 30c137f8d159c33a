import type { IsoTime } from "../../../model/glossary.ts";
import { required, text, time, type Row } from "../rows.ts";
import { quoted } from "../soql.ts";

/** What one field held before and after. Lookups as ids, checkboxes as booleans, what is empty as undefined. */
export interface Change {
  readonly before: string | boolean | undefined;
  readonly after: string | boolean | undefined;
}

/** What one person changed on one row in one second. */
export interface Save {
  /** The id of the last history row of it. */
  readonly id: string;
  readonly at: IsoTime;
  readonly by: string | undefined;
  /** Any of its history rows, for what was asked of its parent. */
  readonly row: Row;
  readonly changes: ReadonlyMap<string, Change>;
}

export interface HistoryQuery {
  readonly object: string;
  readonly fields: readonly string[];
  /** Of the row whose history it is. */
  readonly parent: readonly string[];
  /** We ourselves, whose changes are no news. */
  readonly userId: string | undefined;
}

/** The history of these fields since then, oldest first, but for what we did ourselves. */
export function toHistoryQuery({ object, fields, parent, userId }: HistoryQuery, since: IsoTime): string {
  const columns = ["Id", "ParentId", "Field", "OldValue", "NewValue", "CreatedById", "CreatedDate"];
  return (
    `SELECT ${[...columns, ...parent.map((field) => `Parent.${field}`)].join(", ")} FROM ${object}` +
    ` WHERE CreatedDate >= ${since} AND Field IN (${fields.map(quoted).join(",")})` +
    (userId === undefined ? "" : ` AND CreatedById != ${quoted(userId)}`) +
    " ORDER BY CreatedDate, Id"
  );
}

/** Joins history rows, which are one per field, to saves. `lookups`: fields whose values are ids. Order is kept. */
export function toSaves(rows: readonly Row[], lookups: readonly string[]): readonly Save[] {
  const groups = Map.groupBy(rows, (row) =>
    JSON.stringify(["ParentId", "CreatedById", "CreatedDate"].map((field) => text(row, field))),
  );
  return [...groups.values()].flatMap((group): Save[] => {
    const last = group.at(-1);
    const changes = new Map<string, Change>();
    for (const row of group) {
      const field = required(row, "Field");
      // Salesforce tells each change of a lookup twice: by names, which say nothing for sure, and by ids.
      if (lookups.includes(field) && !isOfIds(row)) continue;
      const before = changes.get(field)?.before ?? toValue(row["OldValue"]);
      changes.set(field, { before, after: toValue(row["NewValue"]) });
    }
    if (last === undefined || changes.size === 0) return [];
    const at = time(last, "CreatedDate") ?? new Date(0).toISOString();
    return [{ id: required(last, "Id"), at, by: text(last, "CreatedById"), row: last, changes }];
  });
}

function toValue(value: unknown): Change["before"] {
  if (value === "true" || value === "false") return value === "true";
  return typeof value === "string" || typeof value === "boolean" ? value : undefined;
}

/** Contact, Lead, Account, Case: what a lookup of ours leads to. */
const ID = /^(?:003|00Q|001|500)(?:\w{12}|\w{15})$/u;

function isOfIds(row: Row): boolean {
  const values = [text(row, "OldValue"), text(row, "NewValue")].filter((value) => value !== undefined);
  return values.length > 0 && values.every((value) => ID.test(value));
}
