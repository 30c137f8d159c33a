import type { DatabaseSync } from "node:sqlite";
import { toJournalError } from "./failure.ts";

export interface Writer {
  /** Runs `change` in the next transaction; resolves with what it returned when that is durable. */
  write<T>(change: () => T): Promise<T>;
  /** Makes durable what was asked for. Later changes are refused. */
  close(): void;
}

interface Job {
  /** Makes the change; the function it returns resolves the caller's promise. */
  readonly apply: () => () => void;
  readonly reject: (error: unknown) => void;
}

/** Keeps one transaction short: reads wait while it runs. */
const MOST_JOBS = 64;

/**
 * Changes that are asked for in one turn of the event loop share one transaction, and so one sync of the disk. When it
 * fails, all of them fail: what is left to go wrong here is the disk, and that concerns them all.
 */
export function openWriter(db: DatabaseSync, file: string): Writer {
  const queue: Job[] = [];
  let closed = false;

  function flush(): void {
    const jobs = queue.splice(0, MOST_JOBS);
    if (queue.length > 0) setImmediate(flush);
    if (jobs.length > 0) commit(jobs);
  }

  function commit(jobs: readonly Job[]): void {
    try {
      db.exec("BEGIN IMMEDIATE");
      const resolvers = jobs.map((job) => job.apply());
      db.exec("COMMIT");
      for (const resolve of resolvers) resolve();
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      for (const job of jobs) job.reject(toJournalError(error, file));
    }
  }

  return {
    write: (change) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(new Error("The journal is closed."));
          return;
        }
        if (queue.length === 0) setImmediate(flush);
        queue.push({
          apply: () => {
            const result = change();
            return () => resolve(result);
          },
          reject,
        });
      }),
    close: () => {
      closed = true;
      while (queue.length > 0) flush();
    },
  };
}
