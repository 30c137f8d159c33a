import type { Clock } from "../../clock.ts";

/** Wakes who waits. A ring that nobody hears is kept for the next one to wait, so that none is ever missed. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, or after `ms`. */
  wait(ms?: number): Promise<void>;
}

export function toBell(clock: Clock): Bell {
  let hasRung = false;
  let wake: (() => void) | undefined;

  return {
    ring: () => {
      hasRung = true;
      wake?.();
    },
    wait: async (ms) => {
      const over = new AbortController();
      const rung = new Promise<void>((resolve) => (wake = resolve));
      if (!hasRung) await (ms === undefined ? rung : Promise.race([rung, clock.sleep(ms, over.signal)]));
      over.abort();
      hasRung = false;
      wake = undefined;
    },
  };
}
