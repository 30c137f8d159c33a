import type { Clock } from "../../../clock.ts";

/** Something may have happened: looking now may be worth it. One who looks late looks once for all hints. */
export interface Hints {
  ring(): void;
  /** Until somebody rings, for at most `ms` or until aborted: did somebody? A ring before that counts. */
  wait(ms: number, signal: AbortSignal): Promise<boolean>;
  /** What was rung up to now has been answered. */
  forget(): void;
}

export function toHints(clock: Clock): Hints {
  let hasRung = false;
  let wake = (): void => undefined;

  return {
    ring() {
      hasRung = true;
      wake();
    },
    async wait(ms, signal) {
      const woken = new AbortController();
      wake = () => woken.abort();
      if (!hasRung) await clock.sleep(ms, AbortSignal.any([signal, woken.signal]));
      wake = () => undefined;
      return hasRung;
    },
    forget() {
      hasRung = false;
    },
  };
}
