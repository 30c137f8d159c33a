import { DatabaseSync } from "node:sqlite";
import type { FileFigures } from "./examine.ts";
import { isDamage } from "./failure.ts";

/**
 * A process of its own: reads the journal named by its argument and writes two lines of JSON, the figures and then the
 * faults of the file. Checking a large file takes minutes that nobody can cut short but by ending the process.
 */
const db = new DatabaseSync(process.argv[2] ?? "", { readOnly: true, timeout: 5000 });

/** A log that nobody has a position in has no reader, and nothing in it waits. */
const LOGS = `
  WITH passed AS (
    SELECT substr(key, 10) AS place, value ->> 'seq' AS seq FROM document WHERE key >= 'position/' AND key < 'position0'
  ), behind AS (
    SELECT log, appended_at, seq > coalesce((SELECT seq FROM passed WHERE place = log || '/' || partition), 0)
      AND (log = 'posts' OR EXISTS (SELECT 1 FROM passed WHERE place >= log || '/' AND place < log || '0')) AS waits
    FROM entry
  )
  SELECT log, count(*) AS entries, sum(waits) AS waiting, min(iif(waits, appended_at, NULL)) AS waitsSince
  FROM behind GROUP BY log ORDER BY log`;

const { version } = db.prepare("SELECT user_version AS version FROM pragma_user_version").get() as { version: number };
const logs = unlessDamaged(() => db.prepare(LOGS).all() as unknown as FileFigures["logs"]);
print({ version, logs: logs ?? [] } satisfies FileFigures);

const rows = unlessDamaged(() =>
  db
    .prepare("PRAGMA quick_check(20)")
    .all()
    .map((row) => String(row["quick_check"])),
);
print([
  ...(logs === undefined ? ["the logs cannot be read"] : []),
  ...(rows?.filter((row) => row !== "ok") ?? ["the file cannot be read to its end"]),
]);

function unlessDamaged<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

function print(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
