import type { Clock } from "../../connector/clock.ts";

/** A clock that stands still until the test moves it. */
export interface ManualClock extends Clock {
  /** Moves the time on and wakes, in their order, all whose time has come. */
  advance(ms: number): void;
  /** Resolves as soon as somebody sleeps (for at most so long), with the milliseconds until the first of them wakes. */
  untilSleeping(atMostMs?: number): Promise<number>;
  /** Milliseconds until the first of those who sleep wakes; Infinity: nobody sleeps. */
  wakesInMs(): number;
}

interface Sleeper {
  readonly wakesAtMs: number;
  readonly wake: () => void;
}

export function manualClock(start = "2026-03-02T09:00:00.000Z"): ManualClock {
  const startMs = Date.parse(start);
  let elapsedMs = 0;
  let sleepers: readonly Sleeper[] = [];
  let watchers: readonly (() => void)[] = [];

  function firstWakesInMs(): number {
    return Math.min(...sleepers.map((sleeper) => sleeper.wakesAtMs)) - elapsedMs;
  }

  return {
    now: () => new Date(startMs + elapsedMs).toISOString(),
    monotonicMs: () => elapsedMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted || ms <= 0) {
          resolve();
          return;
        }
        const sleeper: Sleeper = { wakesAtMs: elapsedMs + ms, wake };
        function wake(): void {
          sleepers = sleepers.filter((other) => other !== sleeper);
          signal.removeEventListener("abort", wake);
          resolve();
        }
        signal.addEventListener("abort", wake);
        sleepers = [...sleepers, sleeper].sort((a, b) => a.wakesAtMs - b.wakesAtMs);
        const told = watchers;
        watchers = [];
        for (const tell of told) tell();
      }),
    advance: (ms) => {
      elapsedMs += ms;
      for (const sleeper of sleepers.filter(({ wakesAtMs }) => wakesAtMs <= elapsedMs)) sleeper.wake();
    },
    wakesInMs: firstWakesInMs,
    untilSleeping: async (atMostMs = Infinity) => {
      while (firstWakesInMs() > atMostMs || sleepers.length === 0) {
        await new Promise<void>((resolve) => (watchers = [...watchers, resolve]));
      }
      return firstWakesInMs();
    },
  };
}
