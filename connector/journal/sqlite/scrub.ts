import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../clock.ts";
import { TICK_MS } from "./watch.ts";
import { BUSY_MS } from "./database.ts";

/** What was erased is in none of the files after this time, provided nobody else holds on to the file. */
const WITHIN_MS = 10_000;

export interface Scrub {
  /** Something was erased. */
  readonly due: () => void;
  readonly tick: () => void;
  /** Before the database is closed. */
  readonly close: () => void;
}

/**
 * Erasing overwrites the text in the database, but the write-ahead log keeps former pages until it is written anew: it is
 * emptied soon after. Where another process reads just now that is tried again at the next tick.
 */
export function toScrub(db: DatabaseSync, clock: Clock): Scrub {
  const truncate = db.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
  // A crash may have left something to do.
  let dueMs: number | undefined = clock.monotonicMs() + WITHIN_MS - TICK_MS;

  function scrub(): void {
    const isDone = truncate.get()?.["busy"] === 0;
    if (isDone) dueMs = undefined;
  }

  return {
    due: () => {
      dueMs ??= clock.monotonicMs() + WITHIN_MS - TICK_MS;
    },
    tick: () => {
      if (dueMs === undefined || clock.monotonicMs() < dueMs) return;
      db.exec("PRAGMA busy_timeout = 0");
      try {
        scrub();
      } finally {
        db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
      }
    },
    close: () => {
      if (dueMs !== undefined && db.isOpen) scrub();
    },
  };
}
