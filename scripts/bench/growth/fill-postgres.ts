import type { Postgres } from "../postgres/server.ts";
import { ACCOUNTS, TRACKS, VALUE, toTime } from "./rows.ts";

/** One statement of plain SQL, past the journal; then cleaned and counted, as the server does by itself in time. */
export async function fillPostgres(server: Postgres, database: string, entries: number): Promise<void> {
  await using client = await server.connect(database);
  await client.query(
    `INSERT INTO earshot.entry (log, partition, key, appended_at, value)
     SELECT 'posts', n % ${TRACKS}, format('bench:account-%s/%s#0', n % ${ACCOUNTS}, lpad(n::text, 12, '0')),
       $2::timestamptz + n * interval '10 seconds', $3 FROM generate_series(0, $1::integer - 1) AS n`,
    [entries, toTime(0), VALUE],
  );
  await client.query("VACUUM ANALYZE");
  await client.query("CHECKPOINT");
}
