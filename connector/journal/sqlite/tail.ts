import type { DatabaseSync } from "node:sqlite";
import type { Entry, Journal, LogName } from "../journal.ts";
import { ENTRY_COLUMNS } from "./log.ts";
import type { Reader } from "./reader.ts";

export interface Tail {
  readonly pages: Journal["tail"];
  /** Wakes who waits for news of these partitions. */
  readonly wake: (log: LogName, partitions: ReadonlySet<number>) => void;
  /** Wakes all: each looks whether there is something for it. */
  readonly wakeAll: () => void;
  /** Ends every tail. */
  readonly close: () => void;
}

interface Waiter {
  readonly log: LogName;
  readonly partition: number;
  readonly wake: () => void;
}

/** Reading a partition and waiting for more. Nothing polls: who appends wakes the readers. */
export function toTail(db: DatabaseSync, read: Reader): Tail {
  const waiters = new Set<Waiter>();
  let closed = false;
  const after = db.prepare(
    `SELECT ${ENTRY_COLUMNS} FROM entry WHERE log = ? AND partition = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );

  function untilNews(log: LogName, partition: number, signal: AbortSignal): Promise<void> {
    if (closed || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const waiter: Waiter = { log, partition, wake };
      function wake(): void {
        waiters.delete(waiter);
        signal.removeEventListener("abort", wake);
        resolve();
      }
      waiters.add(waiter);
      signal.addEventListener("abort", wake);
    });
  }

  function wakeAll(): void {
    for (const waiter of [...waiters]) waiter.wake();
  }

  return {
    pages: async function* (log, partition, seq, max, signal) {
      let passed = seq;
      while (!closed && !signal.aborted) {
        const from = passed;
        const page = await read(() => after.all(log, partition, from, max) as unknown as readonly Entry[]);
        passed = page.at(-1)?.seq ?? passed;
        if (page.length > 0) yield page;
        else await untilNews(log, partition, signal);
      }
    },
    wake: (log, partitions) => {
      for (const waiter of [...waiters]) {
        if (waiter.log === log && partitions.has(waiter.partition)) waiter.wake();
      }
    },
    wakeAll,
    close: () => {
      closed = true;
      wakeAll();
    },
  };
}
