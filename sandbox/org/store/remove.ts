import { Refusal } from "../refusal.ts";
import type { Field, ObjectType } from "../schema.ts";
import type { Row } from "./database.ts";
import type { Rows } from "./rows.ts";
import { isStored } from "./tables.ts";
import { toSeconds } from "./times.ts";

const BIN_MS = 15 * 86_400_000;

/**
 * Puts a row into the recycle bin, its Tasks with it, and clears every other lookup to it. Its history goes and comes back
 * with it.
 */
export function moveToBin(rows: Rows, object: ObjectType, id: string): void {
  const at = toSeconds(rows.now());
  for (const { child, field, pointing } of toPointing(rows, object, id)) {
    if (child.name === "Task") moveToBin(rows, child, pointing);
    else {
      rows.database.run("INSERT OR REPLACE INTO _cleared VALUES (?, ?, ?, ?)", id, child.name, pointing, field.name);
      rows.update(child, pointing, { [field.name]: null, SystemModstamp: at });
    }
  }
  rows.update(object, id, { IsDeleted: 1, LastModifiedDate: at, SystemModstamp: at });
}

/** Does it still lie there? */
export function isInBin(rows: Rows, object: ObjectType, row: Row): boolean {
  return object.field("SystemModstamp") === undefined || Number(row["SystemModstamp"]) > rows.now() - BIN_MS;
}

/**
 * Takes a row out of the recycle bin, with the Tasks that went there with it and the lookups to it that nobody has filled
 * since. Refuses where another row has its unique key by now.
 */
export function restoreFromBin(rows: Rows, object: ObjectType, row: Row): void {
  const taken = object.fields.find(
    (field) =>
      field.unique && (row[field.name] ?? null) !== null && rows.findBy(object, field, row[field.name] ?? null),
  );
  if (taken) throw new Refusal("DUPLICATE_VALUE", `duplicate value found: ${taken.name}`, { fields: [taken.name] });
  const id = String(row["Id"]);
  const at = toSeconds(rows.now());
  rows.update(object, id, { IsDeleted: 0, LastModifiedDate: at, SystemModstamp: at });
  for (const task of toTasksBeside(rows, object, row)) restoreFromBin(rows, task.object, task.row);
  for (const { object: name, pointing, field } of rows.database.all(`SELECT * FROM _cleared WHERE "row" = ?`, id)) {
    const child = rows.schema.object(String(name));
    const now = child && rows.find(child, String(pointing));
    if (now?.["IsDeleted"] !== 0 || (now[String(field)] ?? null) !== null) continue;
    rows.update(child as ObjectType, String(pointing), { [String(field)]: id, SystemModstamp: at });
  }
  rows.database.run(`DELETE FROM _cleared WHERE "row" = ?`, id);
}

/** Ends the time in the recycle bin of what lies there too long: its rows are gone for good. */
export function purgeBin(rows: Rows): void {
  const before = rows.now() - BIN_MS;
  for (const object of rows.schema.objects.filter((each) => !each.setup && each.field("SystemModstamp"))) {
    rows.database.run(`DELETE FROM "${object.name}" WHERE "IsDeleted" = 1 AND "SystemModstamp" <= ?`, before);
  }
}

interface Pointing {
  readonly child: ObjectType;
  readonly field: Field;
  /** The id of the row that has the lookup. */
  readonly pointing: string;
}

function toPointing(rows: Rows, object: ObjectType, id: string): readonly Pointing[] {
  return rows.schema.objects
    .filter((child) => child.historyOf !== object.name)
    .flatMap((child) =>
      child.fields
        .filter((field) => isStored(field) && field.reference?.to.includes(object.name) === true)
        .flatMap((field) => {
          const sql = `SELECT "Id" FROM "${child.name}" WHERE "${field.name}" = ? AND "IsDeleted" = 0`;
          return rows.database.all(sql, id).map((row) => ({ child, field, pointing: String(row["Id"]) }));
        }),
    );
}

/** The Tasks that were deleted with the row, in the same second: Tasks keep what they were about. */
function toTasksBeside(rows: Rows, object: ObjectType, row: Row) {
  const task = rows.schema.object("Task");
  if (task === undefined || object === task) return [];
  const sql = `SELECT * FROM "Task" WHERE ("WhatId" = ? OR "WhoId" = ?) AND "IsDeleted" = 1 AND "SystemModstamp" = ?`;
  const id = row["Id"] ?? null;
  return rows.database.all(sql, id, id, row["SystemModstamp"] ?? null).map((found) => ({ object: task, row: found }));
}
