/** Grows by one with every change to the tables; an older Earshot refuses a newer file. */
export const SCHEMA_VERSION = 1;

/** Marks the file as ours ("Ears"), so that another program's database is never taken for a journal. */
export const APPLICATION_ID = 0x45617273;

/**
 * `entry.seq` is never given twice, even when the last entries are trimmed (AUTOINCREMENT): a position stays true for ever.
 * `seen` remembers, as digests, the keys of entries that are gone.
 */
export const TABLES = `
  CREATE TABLE about (
    partitions INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE entry (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    log TEXT NOT NULL,
    partition INTEGER NOT NULL,
    key TEXT NOT NULL,
    appended_at TEXT NOT NULL,
    value TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX entry_by_key ON entry (key, log);
  CREATE INDEX entry_in_order ON entry (log, partition, seq);

  CREATE TABLE seen (
    digest BLOB NOT NULL,
    log TEXT NOT NULL,
    appended_at TEXT NOT NULL,
    PRIMARY KEY (digest, log)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX seen_by_age ON seen (log, appended_at);

  CREATE TABLE document (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
