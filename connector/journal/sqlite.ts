import type { Clock } from "../clock.ts";
import { PARTITIONS } from "../model/partition.ts";
import type { Journal } from "./journal.ts";
import { openDatabase } from "./sqlite/database.ts";
import { toDocuments } from "./sqlite/documents.ts";
import { lockFile } from "./sqlite/lock.ts";
import { toLog } from "./sqlite/log.ts";
import { toReader } from "./sqlite/reader.ts";
import { toTail } from "./sqlite/tail.ts";
import { toTrim } from "./sqlite/trim.ts";
import { openWriter } from "./sqlite/writer.ts";

export interface SqliteJournalOptions {
  /** Made, with its directory, where it does not exist. `<file>.lock` beside it belongs to the one connector that has it open. */
  readonly file: string;
  readonly clock: Clock;
  readonly partitions?: number;
  /** Told after every append how long it took to be durable. */
  readonly onAppend?: (seconds: number) => void;
}

/**
 * The journal in one file, without a server. Every write is synced to the disk before its promise resolves.
 * Throws `Misconfigured` when the file is another connector's, another program's, broken, or out of reach.
 */
export async function openSqliteJournal(options: SqliteJournalOptions): Promise<Journal> {
  const { file, clock, partitions = PARTITIONS } = options;
  const lock = await lockFile(file);
  try {
    const db = openDatabase(file, partitions);
    const read = toReader(file);
    const writer = openWriter(db, file);
    const tail = toTail(db, read);
    return {
      ...toDocuments(db, read, writer),
      ...toLog({ db, read, writer, clock, partitions, onAppended: tail.wake, onAppend: options.onAppend }),
      ...toTrim(db, writer),
      tail: tail.pages,
      [Symbol.asyncDispose]: () => {
        writer.close();
        tail.close();
        if (db.isOpen) db.close();
        lock.release();
        return Promise.resolve();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
