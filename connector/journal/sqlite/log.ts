import { hash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../clock.ts";
import type { Key } from "../../model/glossary.ts";
import type { Entry, Journal, LogName, NewEntry } from "../journal.ts";
import type { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

export interface LogParts {
  readonly db: DatabaseSync;
  readonly read: Reader;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly partitions: number;
  /** Told which partitions have durable news. */
  readonly onAppended: (log: LogName, partitions: ReadonlySet<number>) => void;
  readonly onAppend: ((seconds: number) => void) | undefined;
}

/** An entry as a row; the STRICT tables vouch for its types. */
export const ENTRY_COLUMNS = "seq, key, partition, value, appended_at AS appendedAt";

/** How a trimmed key is remembered. */
export function toDigest(key: Key): Uint8Array {
  return hash("sha256", key, "buffer");
}

/** Appending to the journal's logs, finding and erasing in them. */
export function toLog(parts: LogParts): Pick<Journal, "append" | "find" | "knows" | "erase"> {
  const { db, read, writer, clock, partitions } = parts;
  const insert = db.prepare(`
    INSERT INTO entry (log, partition, key, value, appended_at) SELECT ?, ?, ?, ?, ?
    WHERE NOT EXISTS (SELECT 1 FROM seen WHERE digest = ? AND log = ?)
    ON CONFLICT (key, log) DO NOTHING`);
  const byKey = db.prepare(`SELECT ${ENTRY_COLUMNS} FROM entry WHERE key = ? AND log = ?`);
  const known = db.prepare(`
    SELECT EXISTS (SELECT 1 FROM entry WHERE log = ? AND (key = ? OR (key >= ? || '#0' AND key < ? || '#:')))
      OR EXISTS (SELECT 1 FROM seen WHERE digest = ? AND log = ?) AS known`);
  const empty = db.prepare("UPDATE entry SET value = '' WHERE key = ?");
  // The versions of a post are `<key>#<number>`, and ":" is the character after "9".
  const emptyVersions = db.prepare("UPDATE entry SET value = '' WHERE key >= ? || '#0' AND key < ? || '#:'");

  async function append(log: LogName, items: readonly NewEntry[]): Promise<void> {
    const misplaced = items.find(({ partition }) => !(Number.isInteger(partition) && isWithin(partition, partitions)));
    if (misplaced !== undefined) throw new RangeError(`There is no partition ${misplaced.partition}.`);
    if (items.length === 0) return;
    const startedMs = clock.monotonicMs();
    await writer.write(() => {
      const at = clock.now();
      for (const item of items) {
        insert.run(log, item.partition, item.key, item.value, at, toDigest(item.key), log);
      }
    });
    parts.onAppend?.((clock.monotonicMs() - startedMs) / 1000);
    parts.onAppended(log, new Set(items.map((item) => item.partition)));
  }

  return {
    append,
    find: (log, key) => read(() => byKey.get(key, log) as Entry | undefined),
    knows: (log, key) => read(() => known.get(log, key, key, key, toDigest(key), log)?.["known"] === 1),
    erase: (key) =>
      writer.write(() => {
        empty.run(key);
        emptyVersions.run(key, key);
      }),
  };
}

function isWithin(partition: number, partitions: number): boolean {
  return partition >= 0 && partition < partitions;
}
