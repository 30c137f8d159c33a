import type { Clock } from "../../clock.ts";

const TICK_MS = 1000;

export interface Watch {
  close(): void;
}

/** Looks once a second: what other connectors append is seen also where their news did not come. */
export function watchClock(clock: Clock, onTick: () => void): Watch {
  const stop = new AbortController();

  async function watch(): Promise<void> {
    for (;;) {
      await clock.sleep(TICK_MS, stop.signal);
      if (stop.signal.aborted) return;
      onTick();
    }
  }

  void watch();
  return { close: () => stop.abort() };
}
