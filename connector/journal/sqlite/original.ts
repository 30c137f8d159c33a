import { DatabaseSync } from "node:sqlite";
import { Misconfigured } from "../../errors.ts";
import type { Original } from "../copying.ts";
import { BUSY_MS, readPartitions, refuseForeign } from "./database.ts";
import { toJournalError } from "./failure.ts";
import { isHeld } from "./is-held.ts";
import { lockFile, requireFile } from "./lock.ts";
import { toRows } from "./rows.ts";

export interface SqliteOriginalOptions {
  readonly file: string;
  /** No connector has it open, and none can open it as long as it is being read. */
  readonly alone: boolean;
  readonly rowsAtOnce?: number | undefined;
}

/** Throws `Misconfigured` where the file is no journal of ours, or where a connector has it open though it must be alone. */
export async function openSqliteOriginal({ file, alone, rowsAtOnce = 1000 }: SqliteOriginalOptions): Promise<Original> {
  const lock = requireFile(file);
  if (alone && isHeld(file))
    throw new Misconfigured(`A connector has the journal ${file} open. Stop it, and call again.`);
  const { release } = alone ? await lockFile(file) : lock;
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
    refuseForeign(db, file);
    // All that is read from here on is of this moment.
    db.exec("BEGIN");
    return {
      place: file,
      ...readFacts(db),
      ...toRows(db, file, rowsAtOnce),
      [Symbol.asyncDispose]: toClose(db, release),
    };
  } catch (error) {
    db?.close();
    release();
    throw toJournalError(error, file);
  }
}

function toClose(db: DatabaseSync, release: () => void): () => Promise<void> {
  return () => {
    if (db.isOpen) db.close();
    release();
    return Promise.resolve();
  };
}

function readFacts(db: DatabaseSync): Pick<Original, "partitions" | "lastSeq" | "counts"> {
  const count = (table: string): number => readNumber(db, `SELECT count(*) AS n FROM ${table}`);
  return {
    partitions: readPartitions(db),
    lastSeq: readNumber(db, "SELECT coalesce(max(seq), 0) AS n FROM sqlite_sequence WHERE name = 'entry'"),
    counts: { entries: count("entry"), digests: count("seen"), documents: count("document") },
  };
}

function readNumber(db: DatabaseSync, query: string): number {
  return Number(db.prepare(query).get()?.["n"]);
}
