import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Entry, Journal, LogName, NewEntry } from "../journal.ts";
import { gather } from "./gather.ts";
import type { Gathering } from "./gather.ts";
import { quote } from "./schema.ts";
import type { Query, Server } from "./server.ts";

export interface LogParts {
  readonly server: Server;
  readonly schema: string;
  readonly clock: Clock;
  readonly partitions: number;
  /** Told which partitions have durable news. */
  readonly onAppended: (log: LogName, partitions: ReadonlySet<number>) => void;
  readonly onAppend: ((seconds: number) => void) | undefined;
}

export const entrySchema = z.object({
  seq: z.coerce.number(),
  key: z.string(),
  partition: z.number(),
  value: z.string(),
  appendedAt: z.date().transform((at) => at.toISOString()),
});

/** An entry as a row. */
export const ENTRY_COLUMNS = `seq, key, partition, value, appended_at AS "appendedAt"`;

/** The versions of a post are `<key>#<number>`, and ":" is the character after "9". By this alone no whole log is read. */
const toIsVersion = (key: string): string => `key >= ${key} || '#0' AND key < ${key} || '#:'`;

/** An append of many entries is one transaction still, however large. */
const MOST_CHARACTERS = 4_000_000;
const MOST_LOOKUPS = 1000;
const ERASE_AT_ONCE = 500;

interface Append {
  readonly log: LogName;
  readonly items: readonly NewEntry[];
}

/** Appending to the journal's logs, finding and erasing in them. `close` waits for what was asked. */
export function toLog(
  parts: LogParts,
): Pick<Journal, "append" | "find" | "knows" | "versions" | "erase"> & { readonly close: () => Promise<void> } {
  const { server, clock, partitions } = parts;
  const queries = toQueries(quote(parts.schema));

  const appends = gather<Append, undefined>({
    weigh: ({ items }) => items.reduce((sum, { key, value }) => sum + key.length + value.length, 0),
    most: MOST_CHARACTERS,
    run: async (jobs) => {
      await server.ask(queries.append, [...toColumns(jobs), clock.now()]);
      return jobs.map(() => undefined);
    },
  });
  const lookups: Gathering<readonly [LogName, string], boolean> = gather({
    weigh: () => 1,
    most: MOST_LOOKUPS,
    run: async (jobs) => {
      const found = await server.ask(queries.knows, [jobs.map(([log]) => log), jobs.map(([, key]) => key)]);
      const places = new Set(found.map(({ place }) => place));
      return jobs.map((_, index) => places.has(index + 1));
    },
  });

  const histories: Gathering<readonly [LogName, string], readonly Entry[]> = gather({
    weigh: () => 1,
    most: MOST_LOOKUPS,
    run: async (jobs) => {
      const rows = await server.ask(queries.versions, [jobs.map(([log]) => log), jobs.map(([, key]) => key)]);
      const found = Map.groupBy(rows, ({ place }) => place);
      return jobs.map((_, index) => (found.get(index + 1) ?? []).map(({ place: _place, ...entry }) => entry));
    },
  });

  return {
    append: async (log, items) => {
      refuse(items, partitions);
      if (items.length === 0) return;
      const startedMs = clock.monotonicMs();
      await appends.ask({ log, items });
      parts.onAppend?.((clock.monotonicMs() - startedMs) / 1000);
      parts.onAppended(log, new Set(items.map(({ partition }) => partition)));
    },
    find: async (log, key) => (await server.ask(queries.find, [log, key]))[0],
    knows: (log, key) => lookups.ask([log, key]),
    versions: (log, key) => histories.ask([log, key]),
    erase: async (key) => {
      for (let emptied = ERASE_AT_ONCE; emptied >= ERASE_AT_ONCE;) {
        emptied = (await server.ask(queries.erase, [key, ERASE_AT_ONCE]))[0]?.emptied ?? 0;
      }
    },
    close: async () => {
      await Promise.all([appends.close(), lookups.close(), histories.close()]);
    },
  };
}

/** What the database cannot hold must not fail what others append in the same group. */
function refuse(items: readonly NewEntry[], partitions: number): void {
  for (const { key, partition, value } of items) {
    if (!Number.isInteger(partition) || partition < 0 || partition >= 2 * partitions) {
      throw new RangeError(`There is no partition ${partition}.`);
    }
    if (key.includes("\0") || value.includes("\0"))
      throw new RangeError("An entry holds a character that cannot be stored.");
  }
}

function toColumns(jobs: readonly Append[]): readonly (readonly unknown[])[] {
  const rows = jobs.flatMap(({ log, items }) => items.map((item) => ({ log, ...item })));
  return [
    rows.map((row) => row.log),
    rows.map((row) => row.partition),
    rows.map((row) => row.key),
    rows.map((row) => row.value),
  ];
}

function toQueries(s: string) {
  return {
    append: {
      name: "append",
      text: `SELECT ${s}.append($1, $2, $3, $4, $5)`,
      row: z.unknown(),
    },
    find: {
      name: "find",
      text: `SELECT ${ENTRY_COLUMNS} FROM ${s}.entry WHERE log = $1 AND key = $2`,
      row: entrySchema,
    } satisfies Query<Entry>,
    versions: {
      name: "versions",
      text: `
        SELECT a.place, e.* FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS a (log, name, place)
        CROSS JOIN LATERAL (
          SELECT ${ENTRY_COLUMNS} FROM ${s}.entry AS o WHERE o.log = a.log AND o.key = a.name UNION ALL
          SELECT ${ENTRY_COLUMNS} FROM ${s}.entry AS o WHERE o.log = a.log AND ${toIsVersion("a.name")}
        ) AS e ORDER BY a.place, e.seq`,
      row: entrySchema.extend({ place: z.coerce.number() }),
    },
    knows: {
      name: "knows",
      text: `
        SELECT a.place FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS a (log, name, place)
        WHERE EXISTS (SELECT FROM ${s}.entry WHERE key = a.name AND log = a.log)
          OR EXISTS (SELECT FROM ${s}.entry WHERE ${toIsVersion("a.name")} AND log = a.log)
          OR EXISTS (SELECT FROM ${s}.seen WHERE digest = sha256(convert_to(a.name, 'UTF8')) AND log = a.log)`,
      row: z.object({ place: z.coerce.number() }),
    },
    erase: {
      name: "erase",
      text: `
        WITH emptied AS (
          UPDATE ${s}.entry AS e SET value = ''
          FROM (
            SELECT log, seq FROM ${s}.entry WHERE (key = $1 OR ${toIsVersion("$1")}) AND value <> '' LIMIT $2
          ) AS full_ones
          WHERE e.log = full_ones.log AND e.seq = full_ones.seq RETURNING 1
        )
        SELECT count(*)::integer AS emptied FROM emptied`,
      row: z.object({ emptied: z.number() }),
    },
  };
}
