import type { Stood } from "./journal-view.ts";

/** What one author said, and was dealt with in another order than it was heard in. */
export interface Disorder {
  readonly author: string;
  /** `<post>#<version>` */
  readonly key: string;
  /** What was decided before it although it stands behind it. */
  readonly after: string;
}

/** What could not succeed for a while was parked, and others went ahead. */
const PARKED = "/rejected";

/**
 * Of each author, in each track of the log: was it decided in the order in which it was heard? What was deleted before its
 * turn has no decision, and what was parked has no order.
 */
export function findDisorder(
  entries: readonly Stood[],
  authorOf: (post: string) => string | undefined,
): readonly Disorder[] {
  const { decidedAt, parked } = readDecisions(entries);
  const last = new Map<string, Stood>();
  const toPlace = ({ key }: Stood): number => decidedAt.get(key) ?? 0;
  return entries
    .filter(({ log, key }) => log === "posts" && decidedAt.has(key) && !parked.has(key))
    .toSorted((one, other) => one.seq - other.seq)
    .flatMap((entry): Disorder[] => {
      const author = authorOf(entry.key.slice(0, entry.key.lastIndexOf("#")));
      if (author === undefined) return [];
      const track = `${entry.partition} ${author}`;
      const before = last.get(track);
      if (before === undefined || toPlace(before) <= toPlace(entry)) {
        last.set(track, entry);
        return [];
      }
      return [{ author, key: entry.key, after: before.key }];
    });
}

/** Of an entry decided twice the first time counts. */
function readDecisions(entries: readonly Stood[]) {
  const decidedAt = new Map<string, number>();
  const parked = new Set<string>();
  for (const { key: decision, seq, log } of entries) {
    if (log !== "decisions") continue;
    const key = decision.slice(0, decision.lastIndexOf("/"));
    if (decision.endsWith(PARKED)) parked.add(key);
    decidedAt.set(key, Math.min(seq, decidedAt.get(key) ?? seq));
  }
  return { decidedAt, parked };
}
