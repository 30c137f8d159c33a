import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Misconfigured } from "../../errors.ts";
import { toJournalError } from "./failure.ts";
import { APPLICATION_ID, SCHEMA_VERSION, TABLES } from "./schema.ts";

/** Write-ahead log, synced at every commit; what is deleted is overwritten, for a deleted post must be deleted. */
const SETTINGS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;";

/** Where a copy is made, until it is whole. */
export function toDraftName(file: string): string {
  return `${file}.copying`;
}

/** How long a write waits for another process that writes. */
export const BUSY_MS = 5000;

/** Opens the journal's database, made anew, with so many partitions, where the file is empty or missing, and refuses one that is not ours. */
export function openDatabase(file: string, partitions: number): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    refuseHalfDone(file);
    db = new DatabaseSync(file, { timeout: BUSY_MS });
    const tables = readNumber(db, "SELECT count(*) AS n FROM sqlite_schema");
    if (tables > 0) refuseForeign(db, file);
    db.exec(SETTINGS);
    if (tables === 0) create(db, partitions);
    return db;
  } catch (error) {
    db?.close();
    throw toJournalError(error, file);
  }
}

/** Who is to go on with a journal that is on its way here must not begin a new one. */
function refuseHalfDone(file: string): void {
  const draft = toDraftName(file);
  if (existsSync(file) || !existsSync(draft)) return;
  throw new Misconfigured(
    `${draft} holds a copy that is not whole: to make it so, call earshot migrate-journal again; to give it up, delete it.`,
  );
}

/** In one transaction, so that a crash leaves either no journal or a whole one. */
function create(db: DatabaseSync, partitions: number): void {
  db.exec(`BEGIN; ${TABLES}
    INSERT INTO about (partitions) VALUES (${2 * partitions});
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${SCHEMA_VERSION};
    COMMIT`);
}

/** Throws `Misconfigured` where this is no journal that we can read. */
export function refuseForeign(db: DatabaseSync, file: string): void {
  if (readNumber(db, "SELECT application_id AS n FROM pragma_application_id") !== APPLICATION_ID) {
    throw new Misconfigured(`The file ${file} is a database, but not a journal. Name another file.`);
  }
  const version = readNumber(db, "SELECT user_version AS n FROM pragma_user_version");
  if (version > SCHEMA_VERSION) {
    throw new Misconfigured(
      `The journal ${file} was written by a newer Earshot (format ${version}, this one knows ${SCHEMA_VERSION}). Update Earshot.`,
    );
  }
}

/** Stored are both tracks of each. */
export function readPartitions(db: DatabaseSync): number {
  return readNumber(db, "SELECT partitions AS n FROM about") / 2;
}

function readNumber(db: DatabaseSync, query: string): number {
  return Number(db.prepare(query).get()?.["n"]);
}
