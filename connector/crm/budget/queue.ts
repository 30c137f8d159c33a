import { URGENCIES, type Urgency } from "./urgency.ts";

/** A call that waits for its turn. */
export interface Held {
  readonly urgency: Urgency;
  go(): void;
  fail(error: unknown): void;
}

/** The most urgent first; of one urgency the oldest. */
export interface Queue {
  readonly first: Held | undefined;
  readonly size: number;
  /** Resolves when the call is told to go; rejects when it is told to fail, or with the signal's reason. */
  join(urgency: Urgency, signal: AbortSignal): Promise<void>;
  leave(held: Held): void;
}

export function toQueue(onChange: () => void): Queue {
  const lines = new Map(URGENCIES.map((urgency) => [urgency, new Set<Held>()]));
  const all = (): Held[] => [...lines.values()].flatMap((line) => [...line]);

  function leave(held: Held): void {
    if (lines.get(held.urgency)?.delete(held) === true) onChange();
  }

  return {
    get first() {
      return all()[0];
    },
    get size() {
      return all().length;
    },
    leave,
    async join(urgency, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<undefined>();
      const held: Held = { urgency, go: () => resolve(undefined), fail: reject };
      const abort = (): void => reject(signal.reason);
      signal.addEventListener("abort", abort, { once: true });
      lines.get(urgency)?.add(held);
      onChange();
      try {
        await promise;
      } finally {
        signal.removeEventListener("abort", abort);
        leave(held);
      }
    },
  };
}
