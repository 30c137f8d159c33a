import { hash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../clock.ts";
import type { Key } from "../../model/glossary.ts";
import type { Entry, Journal, LogName, NewEntry } from "../journal.ts";
import type { DiskGuard } from "./disk.ts";
import type { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

export interface LogParts {
  readonly db: DatabaseSync;
  readonly read: Reader;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly partitions: number;
  readonly guard: DiskGuard;
  /** Told which partitions have durable news. */
  readonly onAppended: (log: LogName, partitions: ReadonlySet<number>) => void;
  readonly onAppend: ((seconds: number) => void) | undefined;
  readonly onErased: () => void;
}

/** An entry as a row; the STRICT tables vouch for its types. */
export const ENTRY_COLUMNS = "seq, key, partition, value, appended_at AS appendedAt";

/** The versions of a post are `<key>#<number>`, and ":" is the character after "9". By this alone no whole log is read. */
const IS_VERSION = "key >= ? || '#0' AND key < ? || '#:'";

/** How a trimmed key is remembered. */
export function toDigest(key: Key): Uint8Array {
  return hash("sha256", key, "buffer");
}

/** Appending to the journal's logs, finding and erasing in them. */
export function toLog(parts: LogParts): Pick<Journal, "append" | "find" | "knows" | "versions" | "erase"> {
  const { db, read, writer, clock, partitions } = parts;
  const insert = db.prepare(`
    INSERT INTO entry (log, partition, key, value, appended_at) SELECT ?, ?, ?, ?, ?
    WHERE NOT EXISTS (SELECT 1 FROM seen WHERE digest = ? AND log = ?)
    ON CONFLICT (key, log) DO NOTHING`);
  const byKey = db.prepare(`SELECT ${ENTRY_COLUMNS} FROM entry WHERE key = ? AND log = ?`);
  const known = db.prepare(`
    SELECT EXISTS (SELECT 1 FROM entry WHERE key = ? AND log = ?)
      OR EXISTS (SELECT 1 FROM entry INDEXED BY entry_by_key WHERE ${IS_VERSION} AND log = ?)
      OR EXISTS (SELECT 1 FROM seen WHERE digest = ? AND log = ?) AS known`);
  const ofKey = db.prepare(`
    SELECT ${ENTRY_COLUMNS} FROM entry WHERE key = ? AND log = ? UNION ALL
    SELECT ${ENTRY_COLUMNS} FROM entry INDEXED BY entry_by_key WHERE ${IS_VERSION} AND log = ? ORDER BY seq`);
  const empty = db.prepare("UPDATE entry SET value = '' WHERE key = ?");
  const emptyVersions = db.prepare(`UPDATE entry SET value = '' WHERE ${IS_VERSION}`);

  async function append(log: LogName, items: readonly NewEntry[], cause?: "consequence"): Promise<void> {
    const misplaced = items.find(
      ({ partition }) => !(Number.isInteger(partition) && isWithin(partition, 2 * partitions)),
    );
    if (misplaced !== undefined) throw new RangeError(`There is no partition ${misplaced.partition}.`);
    if (items.length === 0) return;
    parts.guard(log === "decisions" || cause === "consequence");
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
    knows: (log, key) => read(() => known.get(key, log, key, key, log, toDigest(key), log)?.["known"] === 1),
    versions: (log, key) => read(() => ofKey.all(key, log, key, key, log) as unknown as readonly Entry[]),
    erase: async (key) => {
      await writer.write(() => {
        empty.run(key);
        emptyVersions.run(key, key);
      });
      parts.onErased();
    },
  };
}

function isWithin(partition: number, partitions: number): boolean {
  return partition >= 0 && partition < partitions;
}
