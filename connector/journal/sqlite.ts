import type { Clock } from "../clock.ts";
import { PARTITIONS } from "../model/partition.ts";
import type { Journal } from "./journal.ts";
import { openDatabase, readPartitions } from "./sqlite/database.ts";
import { toDiskGuard } from "./sqlite/disk.ts";
import type { DiskOptions } from "./sqlite/disk.ts";
import { toDocuments } from "./sqlite/documents.ts";
import { lockFile, requireFile } from "./sqlite/lock.ts";
import { toLog } from "./sqlite/log.ts";
import { toReader } from "./sqlite/reader.ts";
import { toScrub } from "./sqlite/scrub.ts";
import { toSince } from "./sqlite/since.ts";
import { toTail } from "./sqlite/tail.ts";
import { toTrim } from "./sqlite/trim.ts";
import { watchFile } from "./sqlite/watch.ts";
import { openWriter } from "./sqlite/writer.ts";

export interface SqliteJournalOptions extends DiskOptions {
  /** Made, with its directory, where it does not exist. `<file>.lock` beside it belongs to the one connector that has it open. */
  readonly file: string;
  readonly clock: Clock;
  /** For a journal that is made now. */
  readonly partitions?: number;
  /** A command beside the connector, which may be running or not: takes no lock, and makes no journal where there is none. */
  readonly visitor?: boolean;
  /** Told after every append how long it took to be durable. */
  readonly onAppend?: (seconds: number) => void;
}

/**
 * The journal in one file, without a server. Every write is synced to the disk before its promise resolves.
 * Throws `Misconfigured` when the file is another connector's, another program's, broken, or out of reach.
 */
export async function openSqliteJournal(options: SqliteJournalOptions): Promise<Journal> {
  const { file, visitor = false } = options;
  const lock = visitor ? requireFile(file) : await lockFile(file);
  try {
    const journal = join(options);
    return {
      ...journal,
      [Symbol.asyncDispose]: async () => {
        await journal[Symbol.asyncDispose]();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The parts of the journal, on one connection. */
function join({ file, clock, onAppend, ...options }: SqliteJournalOptions): Journal {
  const db = openDatabase(file, options.partitions ?? PARTITIONS);
  const partitions = readPartitions(db);
  const read = toReader(file);
  const writer = openWriter(db, file);
  const tail = toTail(db, read);
  const scrub = toScrub(db, clock);
  const { guard, look } = toDiskGuard({ ...options, file, clock });
  const onTick = (): void => {
    look();
    scrub.tick();
  };
  const watch = watchFile({ db, clock, onOthers: tail.wakeAll, onTick });
  return {
    partitions,
    isShared: false,
    ...toDocuments(db, read, writer),
    ...toLog({ db, read, writer, clock, partitions, guard, onAppended: tail.wake, onAppend, onErased: scrub.due }),
    ...toSince(db, read),
    ...toTrim(db, writer),
    tail: tail.pages,
    [Symbol.asyncDispose]: () => {
      watch.close();
      writer.close();
      tail.close();
      scrub.close();
      if (db.isOpen) db.close();
      return Promise.resolve();
    },
  };
}
