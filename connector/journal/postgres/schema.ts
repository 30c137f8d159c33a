import { toFunctions } from "./functions.ts";

/** Grows by one with every change to the tables or functions; an older Earshot refuses a newer journal. */
export const SCHEMA_VERSION = 1;

/** The tables that every journal has. */
export const TABLE_NAMES = ["about", "document", "entry", "seen"] as const;

/** How to quote the schema's name; an address holds plain names only. */
export function quote(schema: string): string {
  return `"${schema}"`;
}

/** What makes journal `n + 1` of a journal `n`, in their order; the first one makes it of nothing. */
export function toMigrations(schema: string): readonly string[] {
  return [`${toTables(quote(schema))}${toFunctions(quote(schema), toLockName(schema))}`];
}

/** Locks are the database's, so their names begin with the schema's. */
export function toLockName(schema: string): string {
  return `earshot/${schema}`;
}

/**
 * `entry.seq` is never given twice. `seen` remembers, as digests, the keys of entries that are gone. Keys are ordered by their
 * bytes. Documents are written all the time: their pages have room for that, and are cleaned early.
 */
function toTables(s: string): string {
  return `
  CREATE TABLE ${s}.about (
    version integer NOT NULL,
    partitions integer NOT NULL
  );

  CREATE TABLE ${s}.entry (
    seq bigint GENERATED ALWAYS AS IDENTITY,
    partition integer NOT NULL,
    appended_at timestamptz(3) NOT NULL,
    log text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    PRIMARY KEY (log, seq)
  ) WITH (
    autovacuum_vacuum_scale_factor = 0.005, autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02,
    toast.autovacuum_vacuum_scale_factor = 0.005, toast.autovacuum_vacuum_threshold = 1000
  );
  CREATE UNIQUE INDEX entry_by_key ON ${s}.entry (key, log);
  CREATE INDEX entry_in_order ON ${s}.entry (log, partition, seq);

  CREATE TABLE ${s}.seen (
    digest bytea NOT NULL,
    appended_at timestamptz(3) NOT NULL,
    log text COLLATE "C" NOT NULL,
    PRIMARY KEY (digest, log)
  ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
  CREATE INDEX seen_by_age ON ${s}.seen (log, appended_at);

  CREATE TABLE ${s}.document (
    key text COLLATE "C" PRIMARY KEY,
    value text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    writer uuid NOT NULL
  ) WITH (
    fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
    autovacuum_analyze_scale_factor = 0.05,
    toast.autovacuum_vacuum_scale_factor = 0.01, toast.autovacuum_vacuum_threshold = 500
  );
`;
}
