import { setImmediate } from "node:timers/promises";
import type { DatabaseSync } from "node:sqlite";
import type { Entry, Journal } from "../journal.ts";
import { toFirstSeq } from "./first-seq.ts";
import { ENTRY_COLUMNS } from "./log.ts";
import type { Reader } from "./reader.ts";

/** So many places of all logs are looked through at once, so that nothing else is held up. */
const LOOK_AT_ONCE = 1000;
/** A clock that was set back by less than this hides nothing. */
const SLACK_MS = 3_600_000;

/** Reading again what was appended. */
export function toSince(db: DatabaseSync, read: Reader): Pick<Journal, "since"> {
  const firstSeq = toFirstSeq(db);
  const last = db.prepare("SELECT coalesce(max(seq), 0) AS last FROM entry");
  const next = db.prepare("SELECT min(seq) AS next FROM entry WHERE seq >= ?");
  const some = db.prepare(
    `SELECT ${ENTRY_COLUMNS} FROM entry WHERE seq BETWEEN ? AND ? AND log = ? AND appended_at >= ? ORDER BY seq`,
  );
  return {
    since: async function* (log, from) {
      const earlier = new Date(Date.parse(from) - SLACK_MS).toISOString();
      const end = await read(() => Number(last.get()?.["last"]));
      let seq: number | null = await read(() => firstSeq(earlier));
      while (seq !== null && seq <= end) {
        const start: number = seq;
        const until = Math.min(end, start + LOOK_AT_ONCE - 1);
        const page = await read(() => some.all(start, until, log, from) as unknown as readonly Entry[]);
        if (page.length > 0) yield page;
        await setImmediate();
        seq = await read(() => (next.get(until + 1) as { readonly next: number | null }).next);
      }
    },
  };
}
