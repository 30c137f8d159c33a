import { setImmediate as aTurn } from "node:timers/promises";
import type { DatabaseSync } from "node:sqlite";
import type { Digest, LoggedEntry, Rows } from "../copying.ts";
import type { Doc } from "../journal.ts";
import { toReader } from "./reader.ts";

/** All rows of a journal's file, in pages of so many. */
export function toRows(db: DatabaseSync, file: string, rowsAtOnce: number): Rows {
  const read = toReader(file);
  const entries = db.prepare(
    "SELECT log, seq, partition, key, value, appended_at AS appendedAt FROM entry WHERE seq > ? ORDER BY seq LIMIT ?",
  );
  const digests = db.prepare(
    `SELECT log, lower(hex(digest)) AS digest, appended_at AS appendedAt FROM seen
     WHERE (digest, log) > (?, ?) ORDER BY digest, log LIMIT ?`,
  );
  const documents = db.prepare("SELECT key, value, revision FROM document WHERE key > ? ORDER BY key LIMIT ?");

  /** The STRICT tables vouch for the types. */
  async function* pages<Row>(next: (last: Row | undefined) => unknown): AsyncGenerator<readonly Row[]> {
    let last: Row | undefined;
    for (;;) {
      const after = last;
      const page = (await read(() => next(after))) as readonly Row[];
      last = page.at(-1);
      if (last === undefined) return;
      yield page;
      await aTurn();
    }
  }

  return {
    entries: (afterSeq) => pages<LoggedEntry>((last) => entries.all(last?.seq ?? afterSeq, rowsAtOnce)),
    digests: (after) =>
      pages<Digest>((last) => {
        const { digest, log } = last ?? after ?? { digest: "", log: "" };
        return digests.all(Buffer.from(digest, "hex"), log, rowsAtOnce);
      }),
    documents: (afterKey) => pages<Doc>((last) => documents.all(last?.key ?? afterKey, rowsAtOnce)),
  };
}
