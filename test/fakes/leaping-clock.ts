import type { Clock } from "../../connector/clock.ts";

/** A clock that goes as the machine's does, and leaps ahead when the test says so. */
export interface LeapingClock extends Clock {
  /** So much later at once: all whose time has come wake, in their order. */
  leap(ms: number): void;
  /** For whoever counts in milliseconds since 1970. */
  readonly nowMs: () => number;
}

interface Sleeper {
  readonly wakesAtMs: number;
  readonly wake: () => void;
  timer: NodeJS.Timeout;
}

export function leapingClock(): LeapingClock {
  let leadMs = 0;
  const sleepers = new Set<Sleeper>();
  const monotonicMs = (): number => performance.now() + leadMs;
  const nowMs = (): number => Date.now() + leadMs;
  const toTimer = (wakesAtMs: number, wake: () => void): NodeJS.Timeout => setTimeout(wake, wakesAtMs - monotonicMs());

  return {
    nowMs,
    monotonicMs,
    now: () => new Date(nowMs()).toISOString(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted || ms <= 0) {
          resolve();
          return;
        }
        const wakesAtMs = monotonicMs() + ms;
        const sleeper: Sleeper = { wakesAtMs, wake, timer: toTimer(wakesAtMs, wake) };
        function wake(): void {
          clearTimeout(sleeper.timer);
          sleepers.delete(sleeper);
          signal.removeEventListener("abort", wake);
          resolve();
        }
        signal.addEventListener("abort", wake);
        sleepers.add(sleeper);
      }),
    leap: (ms) => {
      leadMs += ms;
      for (const sleeper of [...sleepers].sort((a, b) => a.wakesAtMs - b.wakesAtMs)) {
        clearTimeout(sleeper.timer);
        if (sleeper.wakesAtMs <= monotonicMs()) sleeper.wake();
        else sleeper.timer = toTimer(sleeper.wakesAtMs, sleeper.wake);
      }
    },
  };
}
