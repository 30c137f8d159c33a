import type { DatabaseSync } from "node:sqlite";
import type { IsoTime, Key } from "../../model/glossary.ts";
import type { Journal, LogName } from "../journal.ts";
import { toFirstSeq } from "./first-seq.ts";
import { toDigest } from "./log.ts";
import type { Writer } from "./writer.ts";

/** How many entries are looked at in one transaction, so that appends are not held up. */
const LOOK_AT_ONCE = 500;

interface Candidate {
  readonly seq: number;
  readonly partition: number;
  readonly key: Key;
  readonly appendedAt: IsoTime;
}

interface Stretch {
  readonly log: LogName;
  readonly partition: number;
  readonly after: number;
  readonly end: number;
}

/** Retention: first the entries go, leaving digests of their keys; later the digests. */
export function toTrim(db: DatabaseSync, writer: Writer): Pick<Journal, "trim"> {
  const look = db.prepare(
    `SELECT seq, partition, key, appended_at AS appendedAt FROM entry
     WHERE log = ? AND partition = ? AND seq > ? AND seq < ? ORDER BY seq LIMIT ?`,
  );
  const next = db.prepare("SELECT min(partition) AS next FROM entry WHERE log = ? AND partition > ?");
  const firstSeq = toFirstSeq(db);
  const positions = db.prepare("SELECT key, value ->> 'seq' AS seq FROM document WHERE key >= ? AND key < ?");
  const parked = db.prepare("SELECT 1 FROM document WHERE key = ?");
  const insert = db.prepare(`
    INSERT INTO seen (digest, log, appended_at) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET appended_at = max(appended_at, excluded.appended_at)`);
  const drop = db.prepare("DELETE FROM entry WHERE seq = ?");
  const forget = db.prepare("DELETE FROM seen WHERE log = ? AND appended_at < ?");

  /** May this entry go? What is parked has yet to be handed on; a log without any position is read by nobody. */
  function toIsPassed(log: LogName): (entry: Candidate) => boolean {
    const prefix = `position/${log}/`;
    const rows = positions.all(prefix, `${prefix}:`) as unknown as readonly { key: string; seq: number }[];
    const passed = new Map(rows.map((row) => [row.key, row.seq]));
    const isBehind = ({ seq, partition }: Candidate): boolean => seq <= (passed.get(`${prefix}${partition}`) ?? 0);
    return (entry) => passed.size === 0 || (isBehind(entry) && parked.get(`parked/${log}/${entry.seq}`) === undefined);
  }

  /** A version is remembered by its own key and by that of which it is one. */
  function remember(log: LogName, { key, appendedAt }: Candidate): void {
    for (const name of new Set([key, key.replace(/#\d+$/u, "")])) insert.run(toDigest(name), log, appendedAt);
  }

  /** Looks at entries of a partition between two seqs; returns where to go on, undefined when it is through. */
  function trimSome({ log, partition, after, end }: Stretch, before: IsoTime): number | undefined {
    const isPassed = toIsPassed(log);
    const entries = look.all(log, partition, after, end, LOOK_AT_ONCE) as unknown as readonly Candidate[];
    for (const entry of entries) {
      if (entry.appendedAt >= before || !isPassed(entry)) continue;
      remember(log, entry);
      drop.run(entry.seq);
    }
    return entries.at(-1)?.seq;
  }

  /** By partitions, for that is the order of the index: by seq alone the whole log would be sorted each time. */
  const toNext = (log: LogName, partition: number): Promise<number | null> =>
    writer.write(() => (next.get(log, partition) as { readonly next: number | null }).next);

  return {
    trim: async (log, horizons) => {
      // Where the young ones begin: a log with few entries would be looked for through all others.
      const end = await writer.write(() => firstSeq(horizons.values));
      for (let partition = await toNext(log, -1); partition !== null; partition = await toNext(log, partition)) {
        const stretch = { log, partition, end };
        let after: number | undefined = 0;
        while (after !== undefined) {
          const from: number = after;
          after = await writer.write(() => trimSome({ ...stretch, after: from }, horizons.values));
        }
      }
      await writer.write(() => forget.run(log, horizons.keys));
    },
  };
}
