import { open, rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { Misconfigured } from "../../errors.ts";
import type { Copy, Rows } from "../copying.ts";
import { toJournalError } from "./failure.ts";
import { toReader } from "./reader.ts";
import { toRows } from "./rows.ts";
import { APPLICATION_ID, SCHEMA_VERSION, TABLES } from "./schema.ts";

/** One file, without a write-ahead log beside it; 64 MB of its pages in memory, for keys come in no order. */
const SETTINGS = `PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536;`;
/** By this table we know our own; until the file is marked as a journal no connector opens it. */
const OURS = "CREATE TABLE copied (note TEXT NOT NULL) STRICT;";

/** The file of a copy while it is made. */
export interface Draft extends Rows, Pick<Copy, "find" | "write"> {
  readonly readNote: () => string | undefined;
  /** Safe to repeat. */
  readonly makeJournal: Copy["finish"];
  readonly close: () => void;
}

/** Throws `Misconfigured` where the file is somebody else's. */
export async function openDraft(file: string, rowsAtOnce: number): Promise<Draft> {
  let db: DatabaseSync | undefined;
  try {
    // Made with its mode before any text is in it.
    await (await open(file, "a", 0o600)).close();
    db = new DatabaseSync(file);
    return { ...toRows(prepare(db, file), file, rowsAtOnce), ...toStatements(db, file) };
  } catch (error) {
    db?.close();
    throw toJournalError(error, file);
  }
}

export async function removeDraft(file: string): Promise<void> {
  for (const end of ["", "-journal"]) await rm(`${file}${end}`, { force: true });
}

function prepare(db: DatabaseSync, file: string): DatabaseSync {
  const rows = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const tables = rows.map(({ name }) => name);
  if (tables.length > 0 && !tables.includes("copied"))
    throw new Misconfigured(`The file ${file} is no copy that was begun here. Move it away, or name another file.`);
  db.exec(SETTINGS);
  if (tables.length === 0) db.exec(`BEGIN; ${TABLES} ${OURS} COMMIT`);
  return db;
}

type Found = Awaited<ReturnType<Copy["find"]>>[number];

function toStatements(db: DatabaseSync, file: string): Omit<Draft, keyof Rows> {
  const entry = db.prepare(
    "INSERT INTO entry (log, seq, partition, key, value, appended_at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const digest = db.prepare("INSERT INTO seen (digest, log, appended_at) VALUES (unhex(?), ?, ?)");
  const document = db.prepare("INSERT INTO document (key, value, revision) VALUES (?, ?, ?)");
  const byKey = db.prepare("SELECT key, seq, partition FROM entry WHERE log = ? AND key = ?");
  const forgetNote = db.prepare("DELETE FROM copied");
  const keepNote = db.prepare("INSERT INTO copied (note) VALUES (?)");
  const readNote = db.prepare("SELECT note FROM copied");
  const read = toReader(file);

  function change(make: () => void): Promise<void> {
    return read(() => {
      try {
        db.exec("BEGIN IMMEDIATE");
        make();
        db.exec("COMMIT");
      } finally {
        if (db.isTransaction) db.exec("ROLLBACK");
      }
    });
  }

  return {
    readNote: () => readNote.get()?.["note"] as string | undefined,
    find: (log, keys) => read(() => keys.flatMap((key) => byKey.all(log, key) as unknown as Found[])),
    write: ({ entries = [], digests = [], documents = [] }, note) =>
      change(() => {
        for (const { log, seq, partition, key, value, appendedAt } of entries)
          entry.run(log, seq, partition, key, value, appendedAt);
        for (const one of digests) digest.run(one.digest, one.log, one.appendedAt);
        for (const { key, value, revision } of documents) document.run(key, value, revision);
        forgetNote.run();
        keepNote.run(note);
      }),
    makeJournal: ({ partitions, lastSeq }) =>
      change(() =>
        db.exec(`DELETE FROM about; INSERT INTO about (partitions) VALUES (${2 * partitions});
          DELETE FROM sqlite_sequence WHERE name = 'entry';
          INSERT INTO sqlite_sequence (name, seq) VALUES ('entry', ${lastSeq});
          PRAGMA application_id = ${APPLICATION_ID};
          PRAGMA user_version = ${SCHEMA_VERSION};`),
      ),
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}
