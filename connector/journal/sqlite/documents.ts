import type { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import type { Doc, Journal } from "../journal.ts";
import type { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

/** There may be hundreds of thousands: other work comes between. */
const IN_ONE_GO = 200;

/** The journal's documents: the revision is the guard, SQLite's one writer decides every race. */
export function toDocuments(
  db: DatabaseSync,
  read: Reader,
  writer: Writer,
): Pick<Journal, "get" | "put" | "remove" | "list"> {
  const one = db.prepare("SELECT key, value, revision FROM document WHERE key = ?");
  const atOrAfter = db.prepare("SELECT key, value, revision FROM document WHERE key >= ? ORDER BY key LIMIT 1");
  const after = db.prepare("SELECT key, value, revision FROM document WHERE key > ? ORDER BY key LIMIT 1");
  const create = db.prepare("INSERT INTO document (key, value, revision) VALUES (?, ?, 1) ON CONFLICT DO NOTHING");
  const update = db.prepare("UPDATE document SET value = ?, revision = revision + 1 WHERE key = ? AND revision = ?");
  const erase = db.prepare("DELETE FROM document WHERE key = ? AND revision = ?");

  return {
    get: (key) => read(() => one.get(key) as Doc | undefined),
    put: (key, value, revision) =>
      writer.write(() => {
        const written = revision === 0 ? create.run(key, value) : update.run(value, key, revision);
        return written.changes === 0 ? undefined : revision + 1;
      }),
    remove: (key, revision) => writer.write(() => erase.run(key, revision).changes > 0),
    list: async function* (prefix) {
      let doc = await read(() => atOrAfter.get(prefix) as Doc | undefined);
      for (let listed = 1; doc?.key.startsWith(prefix); listed += 1) {
        yield doc;
        if (listed % IN_ONE_GO === 0) await setImmediate();
        const passed: string = doc.key;
        doc = await read(() => after.get(passed) as Doc | undefined);
      }
    },
  };
}
