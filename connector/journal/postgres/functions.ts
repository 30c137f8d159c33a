/**
 * What the journal does in one transaction and one round trip each; every statement within sees what was committed before it.
 *
 * `append` and `trim` lock each other out: what is forgotten as an entry must be remembered in `seen`. Partitions are locked,
 * in the order of their locks, because a seq that was given earlier must never be seen later.
 *
 * `write` takes documents in the order of their keys, so that two calls never wait for each other. A document without a
 * value is removed. One that carries our token already was written by an attempt whose answer was lost.
 */
export function toFunctions(s: string, lockName: string): string {
  return `
  CREATE FUNCTION ${s}.append(logs text[], partitions integer[], keys text[], contents text[], at timestamptz) RETURNS void
  LANGUAGE plpgsql AS $earshot$
  BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('${lockName}', 0));
    PERFORM pg_advisory_xact_lock(lock) FROM (
      SELECT DISTINCT hashtextextended('${lockName}/' || a.log || '/' || a.partition, 0) AS lock
      FROM unnest(logs, partitions) AS a (log, partition) ORDER BY lock
    ) AS locks;
    INSERT INTO ${s}.entry (log, partition, key, appended_at, value)
    SELECT a.log, a.partition, a.key, at, a.content
    FROM unnest(logs, partitions, keys, contents) WITH ORDINALITY AS a (log, partition, key, content, place)
    WHERE NOT EXISTS (
      SELECT FROM ${s}.seen WHERE seen.digest = sha256(convert_to(a.key, 'UTF8')) AND seen.log = a.log
    )
    ORDER BY a.place
    ON CONFLICT DO NOTHING;
  END $earshot$;

  CREATE FUNCTION ${s}.write(keys text[], contents text[], revisions bigint[], writers uuid[])
  RETURNS TABLE (place integer, result bigint) LANGUAGE plpgsql AS $earshot$
  DECLARE asked record;
  BEGIN
    FOR asked IN
      SELECT a.* FROM unnest(keys, contents, revisions, writers) WITH ORDINALITY AS a (key, value, revision, writer, n)
      ORDER BY a.key COLLATE "C", a.n
    LOOP
      place := asked.n;
      result := NULL;
      IF asked.value IS NULL THEN
        DELETE FROM ${s}.document AS d WHERE d.key = asked.key AND d.revision = asked.revision
        RETURNING d.revision INTO result;
      ELSE
        IF asked.revision = 0 THEN
          INSERT INTO ${s}.document AS d (key, value, revision, writer) VALUES (asked.key, asked.value, 1, asked.writer)
          ON CONFLICT DO NOTHING RETURNING d.revision INTO result;
        ELSE
          UPDATE ${s}.document AS d SET value = asked.value, revision = d.revision + 1, writer = asked.writer
          WHERE d.key = asked.key AND d.revision = asked.revision RETURNING d.revision INTO result;
        END IF;
        IF result IS NULL THEN
          SELECT d.revision INTO result FROM ${s}.document AS d
          WHERE d.key = asked.key AND d.revision = asked.revision + 1 AND d.writer = asked.writer;
        END IF;
      END IF;
      RETURN NEXT;
    END LOOP;
  END $earshot$;

  CREATE FUNCTION ${s}.trim(of_log text, before timestamptz, after bigint, until bigint, most integer) RETURNS bigint
  LANGUAGE plpgsql AS $earshot$
  DECLARE reached bigint;
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('${lockName}', 0));
    WITH passed AS MATERIALIZED (
      SELECT substr(d.key, length('position/' || of_log || '/') + 1) AS place, (d.value::json ->> 'seq')::bigint AS seq
      FROM ${s}.document AS d WHERE d.key >= 'position/' || of_log || '/' AND d.key < 'position/' || of_log || '0'
    ), looked AS MATERIALIZED (
      SELECT e.seq, e.partition, e.key, e.appended_at FROM ${s}.entry AS e
      WHERE e.log = of_log AND e.seq > after AND e.seq < until ORDER BY e.seq LIMIT most
    ), gone AS (
      DELETE FROM ${s}.entry AS e USING looked AS l
      WHERE e.log = of_log AND e.seq = l.seq AND l.appended_at < before AND (
        NOT EXISTS (SELECT FROM passed) OR (
          EXISTS (SELECT FROM passed AS p WHERE p.place = l.partition::text AND p.seq >= l.seq)
          AND NOT EXISTS (SELECT FROM ${s}.document AS d WHERE d.key = 'parked/' || of_log || '/' || l.seq)
        )
      ) RETURNING e.key, e.appended_at
    ), kept AS (
      INSERT INTO ${s}.seen AS k (digest, log, appended_at)
      SELECT sha256(convert_to(n.name, 'UTF8')), of_log, max(g.appended_at)
      FROM gone AS g, LATERAL (SELECT g.key UNION SELECT regexp_replace(g.key, '#[0-9]+$', '')) AS n (name)
      GROUP BY n.name ORDER BY 1
      ON CONFLICT (digest, log) DO UPDATE SET appended_at = greatest(k.appended_at, excluded.appended_at)
    )
    SELECT max(l.seq) INTO reached FROM looked AS l;
    RETURN reached;
  END $earshot$;
`;
}
