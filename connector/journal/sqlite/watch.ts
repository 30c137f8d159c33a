import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../clock.ts";

export const TICK_MS = 1000;

export interface Watch {
  close(): void;
}

export interface WatchOptions {
  readonly db: DatabaseSync;
  readonly clock: Clock;
  /** Another process has changed the file. */
  readonly onOthers: () => void;
  /** Told each second, also where nothing happened. */
  readonly onTick: () => void;
}

/** Looks once a second whether another process has written: SQLite counts that, no table is asked. */
export function watchFile({ db, clock, onOthers, onTick }: WatchOptions): Watch {
  const count = db.prepare("PRAGMA data_version");
  const stop = new AbortController();
  let seen = count.get()?.["data_version"];

  async function watch(): Promise<void> {
    for (;;) {
      await clock.sleep(TICK_MS, stop.signal);
      if (stop.signal.aborted) return;
      const now = count.get()?.["data_version"];
      if (now !== seen) onOthers();
      seen = now;
      onTick();
    }
  }

  // What is wrong with the file is told to whoever reads or writes next.
  const run = (): void => void watch().catch(run);
  run();
  return { close: () => stop.abort() };
}
