import { DatabaseSync } from "node:sqlite";
import type { Appender } from "./appender.ts";

/** The journal's own settings: without them the disk would be another one. */
const SETTINGS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;";

/** What one writes without a journal: a table with the columns of an entry, and a transaction for each batch. */
export function openBareSqlite(file: string): Appender {
  const db = new DatabaseSync(file);
  db.exec(`${SETTINGS}
    CREATE TABLE bare (
      seq INTEGER PRIMARY KEY, log TEXT NOT NULL, partition INTEGER NOT NULL, key TEXT NOT NULL,
      appended_at TEXT NOT NULL, value TEXT NOT NULL
    ) STRICT`);
  const insert = db.prepare("INSERT INTO bare (log, partition, key, appended_at, value) VALUES ('posts', ?, ?, ?, ?)");
  return {
    append(_writer, batch) {
      const at = new Date().toISOString();
      db.exec("BEGIN IMMEDIATE");
      for (const { partition, key, value } of batch) insert.run(partition, key, at, value);
      db.exec("COMMIT");
      return Promise.resolve();
    },
    [Symbol.asyncDispose]: () => {
      db.close();
      return Promise.resolve();
    },
  };
}
