import { z } from "zod";
import type { Query } from "./server.ts";

export const standbySchema = z.object({
  name: z.string(),
  /** "sync" and "quorum": a commit waits for it, or for one like it. */
  sync: z.enum(["sync", "quorum", "potential", "async"]),
  /** What it has not on its disk yet. */
  behindBytes: z.coerce.number(),
});

const lagSchema = z.object({
  log: z.string(),
  waiting: z.coerce.number(),
  waitsSince: z
    .date()
    .transform((at) => at.toISOString())
    .nullable(),
});

export const queries = {
  about: (s: string, schema: string) => ({
    text: `
      SELECT version, partitions, current_setting('server_version') AS "serverVersion", clock_timestamp() AS at,
        (SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class AS c
          WHERE c.relnamespace = to_regnamespace('${s}') AND c.relkind = 'r') AS bytes,
        has_schema_privilege('${schema}', 'CREATE') AND pg_has_role(
          (SELECT relowner FROM pg_class AS c WHERE c.oid = to_regclass('${s}.entry')), 'MEMBER') AS "isOwner"
      FROM ${s}.about`,
    row: z.object({
      version: z.number(),
      partitions: z.number(),
      serverVersion: z.string(),
      at: z.date(),
      bytes: z.coerce.number(),
      isOwner: z.boolean(),
    }),
  }),
  /** A role and a database may be allowed fewer connections than the server. */
  server: {
    text: `
      SELECT current_setting('synchronous_standby_names') AS awaited,
        pg_has_role('pg_read_all_stats', 'MEMBER') AS "maySee",
        (SELECT sum(numbackends) FROM pg_stat_database) AS open,
        least(
          current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
            - coalesce(current_setting('reserved_connections', true), '0')::int,
          (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),
          (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database())
        ) AS most`,
    row: z.object({ awaited: z.string(), maySee: z.boolean(), open: z.coerce.number(), most: z.number() }),
  },
  standbys: {
    text: `
      SELECT application_name AS name, sync_state AS sync,
        greatest(0, pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce(flush_lsn, '0/0'))) AS "behindBytes"
      FROM pg_stat_replication WHERE state IN ('streaming', 'catchup') ORDER BY application_name`,
    row: standbySchema,
  },
} satisfies Record<string, Query<unknown> | ((s: string, schema: string) => Query<unknown>)>;

/** `$1`: how many tracks there are. What waits is counted by its index; a log that nobody has a position in has no reader. */
export function lagsOf(s: string): Query<z.infer<typeof lagSchema>> {
  return {
    text: `
      WITH passed AS MATERIALIZED (
        SELECT substr(key, 10) AS place, (value::json ->> 'seq')::bigint AS seq
        FROM ${s}.document WHERE key >= 'position/' AND key < 'position0'
      ), behind AS (
        SELECT logs.log, counted.waiting, oldest.since FROM unnest(ARRAY['changes', 'posts', 'replies']) AS logs (log)
        CROSS JOIN generate_series(0, $1::int - 1) AS tracks (track)
        LEFT JOIN passed ON passed.place = logs.log || '/' || track
        CROSS JOIN LATERAL (
          SELECT count(*) AS waiting FROM ${s}.entry AS e
          WHERE e.log = logs.log AND e.partition = track AND e.seq > coalesce(passed.seq, 0)
        ) AS counted
        CROSS JOIN LATERAL (
          SELECT appended_at AS since FROM (
            SELECT appended_at FROM ${s}.entry AS e
            WHERE e.log = logs.log AND e.partition = track AND e.seq > coalesce(passed.seq, 0) ORDER BY e.seq LIMIT 1
          ) AS first UNION ALL SELECT NULL LIMIT 1
        ) AS oldest
        WHERE logs.log = 'posts' OR EXISTS (SELECT FROM passed AS p WHERE p.place LIKE logs.log || '/%')
      )
      SELECT log, sum(waiting) AS waiting, min(since) AS "waitsSince" FROM behind GROUP BY log ORDER BY log`,
    row: lagSchema,
  };
}
