import type { Journal } from "../../connector/journal/journal.ts";

/** What a dead process would have seen: nothing. No code under test may take it for one of the three fates. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** The n-th write: does it still reach the disk before the process dies? */
export interface CrashPoint {
  readonly write: number;
  readonly when: "before" | "after";
}

/**
 * A journal whose process dies at its n-th write (append, put, remove or erase, counted from 1): that call and every later
 * one throws. `writes()` tells how many came through, so that a test knows when it has been through all of them.
 */
export function crashingJournal(journal: Journal, point: CrashPoint | undefined): Journal & { writes(): number } {
  let writes = 0;
  let dead = false;

  async function write<T>(change: () => Promise<T>): Promise<T> {
    if (dead) throw new Crash();
    writes += 1;
    if (writes !== point?.write) return change();
    dead = true;
    if (point.when === "after") await change();
    throw new Crash();
  }

  return {
    ...journal,
    append: (...asked) => write(() => journal.append(...asked)),
    put: (key, value, revision) => write(() => journal.put(key, value, revision)),
    remove: (key, revision) => write(() => journal.remove(key, revision)),
    erase: (key) => write(() => journal.erase(key)),
    writes: () => writes,
  };
}
