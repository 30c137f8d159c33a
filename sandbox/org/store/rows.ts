import type { Field, ObjectType, Schema } from "../schema.ts";
import type { Database, Row, SqlValue } from "./database.ts";
import { toId } from "./ids.ts";

/** Rows as the org itself sees them: no permissions, no rules. */
export interface Rows {
  readonly schema: Schema;
  readonly database: Database;
  readonly now: () => number;
  /** Deleted ones too, whose `IsDeleted` is 1. */
  readonly find: (object: ObjectType, id: string) => Row | undefined;
  /** The row that is not deleted and has this value in this field. */
  findBy(object: ObjectType, field: Field, value: SqlValue): Row | undefined;
  insert(object: ObjectType, row: Row): void;
  update(object: ObjectType, id: string, changes: Row): void;
  nextId(object: ObjectType): string;
  /** `SP-0000012` for the display format `SP-{0000000}`. */
  nextNumber(object: ObjectType, field: Field): string;
}

export function openRows(database: Database, schema: Schema, now: () => number): Rows {
  const inserts = new Map<string, string>();

  function count(name: string): number {
    const sql =
      "INSERT INTO _counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value AS value";
    return Number(database.get(sql, name)?.["value"]);
  }

  function insertSql(object: ObjectType, names: readonly string[]): string {
    const key = `${object.name}:${names.join()}`;
    const known = inserts.get(key);
    if (known !== undefined) return known;
    const columns = names.map((name) => `"${name}"`).join(", ");
    const sql = `INSERT INTO "${object.name}" (${columns}) VALUES (${names.map(() => "?").join(", ")})`;
    inserts.set(key, sql);
    return sql;
  }

  return {
    schema,
    database,
    now,
    find: (object, id) => database.get(`SELECT * FROM "${object.name}" WHERE "Id" = ?`, id),
    findBy: (object, field, value) =>
      database.get(`SELECT * FROM "${object.name}" WHERE "${field.name}" = ? AND "IsDeleted" = 0`, value),
    insert: (object, row) => database.run(insertSql(object, Object.keys(row)), ...Object.values(row)),
    update: (object, id, changes) => {
      const names = Object.keys(changes).map((name) => `"${name}" = ?`);
      database.run(`UPDATE "${object.name}" SET ${names.join(", ")} WHERE "Id" = ?`, ...Object.values(changes), id);
    },
    nextId: (object) => toId(object.keyPrefix, count(object.name)),
    nextNumber: (object, field) => {
      const n = count(`${object.name}.${field.name}`);
      return (field.autoNumber ?? "{0}").replace(/\{(0+)\}/, (_, zeros: string) =>
        String(n).padStart(zeros.length, "0"),
      );
    },
  };
}
