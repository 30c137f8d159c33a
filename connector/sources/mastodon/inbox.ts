import type { Clock } from "../../clock.ts";

/** Holds what was heard until the feed takes it. For one taker. */
export interface Inbox<T> {
  put(item: T): void;
  hasAny(): boolean;
  take(): readonly T[];
  /** Ends a wait although nothing was put. */
  wake(): void;
  /** Until something is put or `wake` is called (also before the wait began), at most `ms`. */
  wait(ms: number): Promise<void>;
}

export function openInbox<T>(clock: Clock): Inbox<T> {
  let items: T[] = [];
  let nap = new AbortController();
  return {
    put: (item) => {
      items.push(item);
      nap.abort();
    },
    hasAny: () => items.length > 0,
    take: () => {
      const taken = items;
      items = [];
      return taken;
    },
    wake: () => nap.abort(),
    wait: async (ms) => {
      await clock.sleep(ms, nap.signal);
      nap = new AbortController();
    },
  };
}
