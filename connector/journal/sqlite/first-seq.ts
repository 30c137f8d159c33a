import type { DatabaseSync } from "node:sqlite";
import type { IsoTime } from "../../model/glossary.ts";

/**
 * Where in the order of all entries a time begins: the first seq that was appended at or after it. Found in some twenty looks,
 * for an index by time would cost every append; where the clock was set back meanwhile it is off by as much.
 */
export function toFirstSeq(db: DatabaseSync): (from: IsoTime) => number {
  const ends = db.prepare(
    `SELECT coalesce((SELECT min(seq) FROM entry), 1) AS first, coalesce((SELECT max(seq) FROM entry), 0) AS last`,
  );
  const atOrAfter = db.prepare("SELECT seq, appended_at AS at FROM entry WHERE seq >= ? ORDER BY seq LIMIT 1");
  return (from) => {
    const { first, last } = ends.get() as { readonly first: number; readonly last: number };
    let low = first;
    let high = last + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const entry = atOrAfter.get(middle) as { readonly seq: number; readonly at: IsoTime } | undefined;
      if (entry !== undefined && entry.at < from) low = entry.seq + 1;
      else high = middle;
    }
    return low;
  };
}
