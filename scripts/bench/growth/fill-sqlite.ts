import { DatabaseSync } from "node:sqlite";
import { ACCOUNTS, TRACKS, VALUE, toTime } from "./rows.ts";

/** One statement of plain SQL, past the journal: so that ten million rows take a minute. */
export function fillSqlite(file: string, entries: number): void {
  const db = new DatabaseSync(file);
  db.exec("PRAGMA journal_mode = WAL");
  db.prepare(
    `WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < ?)
     INSERT INTO entry (log, partition, key, appended_at, value)
     SELECT 'posts', n % ${TRACKS}, format('bench:account-%d/%012d#0', n % ${ACCOUNTS}, n),
       strftime('%Y-%m-%dT%H:%M:%fZ', ?, (n * 10) || ' seconds'), ? FROM number`,
  ).run(entries, toTime(0), VALUE);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
}
