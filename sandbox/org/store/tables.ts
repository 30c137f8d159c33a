import type { Field, ObjectType, Schema } from "../schema.ts";
import type { Database } from "./database.ts";

/** A table per object, a column per stored field. New objects and fields are added; nothing is ever taken away. */
export function prepareTables(database: Database, schema: Schema): void {
  database.run("CREATE TABLE IF NOT EXISTS _counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL)");
  database.run(
    "CREATE TABLE IF NOT EXISTS _views (user TEXT, row TEXT, at INTEGER NOT NULL, PRIMARY KEY (user, row)) WITHOUT ROWID",
  );
  // Lookups that deleting a row has emptied, for the day on which it comes back.
  database.run(
    `CREATE TABLE IF NOT EXISTS _cleared ("row" TEXT, object TEXT, pointing TEXT, field TEXT, PRIMARY KEY ("row", pointing, field)) WITHOUT ROWID`,
  );
  for (const object of schema.objects) prepareTable(database, object);
}

export function isStored(field: Field): boolean {
  return field.path === undefined && !field.perUser;
}

function prepareTable(database: Database, object: ObjectType): void {
  const present = new Set(database.all(`PRAGMA table_info("${object.name}")`).map((column) => column["name"]));
  const fields = object.fields.filter(isStored);
  if (present.size === 0) {
    database.run(`CREATE TABLE "${object.name}" (${fields.map(toColumn).join(", ")})`);
  } else {
    for (const field of fields.filter((each) => !present.has(each.name))) {
      database.run(`ALTER TABLE "${object.name}" ADD COLUMN ${toColumn(field)}`);
    }
  }
  for (const field of fields) prepareIndex(database, object.name, field);
}

function prepareIndex(database: Database, table: string, field: Field): void {
  const name = `"${table}_${field.name}"`;
  if (field.unique) {
    database.run(
      `CREATE UNIQUE INDEX IF NOT EXISTS ${name} ON "${table}" ("${field.name}") WHERE "IsDeleted" = 0 AND "${field.name}" IS NOT NULL`,
    );
  } else if (field.externalId || isLookup(field) || field.name === "SystemModstamp") {
    database.run(`CREATE INDEX IF NOT EXISTS ${name} ON "${table}" ("${field.name}")`);
  }
}

/** A lookup that somebody may fill, so that somebody asks by it. */
function isLookup(field: Field): boolean {
  return field.type === "reference" && field.createable;
}

function toColumn(field: Field): string {
  if (field.name === "Id") return `"Id" TEXT PRIMARY KEY`;
  return `"${field.name}" ${toColumnType(field)}`;
}

function toColumnType(field: Field): string {
  switch (field.type) {
    case "boolean":
      return "INTEGER NOT NULL DEFAULT 0";
    case "datetime":
    case "int":
      return "INTEGER";
    case "double":
    case "currency":
    case "percent":
      return "REAL";
    case "reference":
    case "date":
      return "TEXT";
    default:
      return field.caseSensitive ? "TEXT" : "TEXT COLLATE NOCASE";
  }
}
