/** How many calls were made: by kind for benches, and in the last 24 hours against the org's limit. */
export interface Usage {
  readonly max: number;
  /** Calls of the last 24 hours that count against the limit. */
  readonly used: () => number;
  setMax(calls: number): void;
  /** Counts one call; `metered` ones against the limit. */
  count(kind: string, metered: boolean): void;
  /** Calls by kind since the start or the last reset. */
  kinds(): Readonly<Record<string, number>>;
  reset(): void;
}

const hourMs = 3_600_000;

export function openUsage(maxCalls: number, now: () => number): Usage {
  const hours = new Map<number, number>();
  const kinds = new Map<string, number>();
  let max = maxCalls;
  const hour = (): number => Math.floor(now() / hourMs);

  return {
    get max() {
      return max;
    },
    used: () => [...hours].filter(([at]) => at > hour() - 24).reduce((sum, [, calls]) => sum + calls, 0),
    setMax: (calls) => {
      max = calls;
    },
    count: (kind, metered) => {
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (metered) hours.set(hour(), (hours.get(hour()) ?? 0) + 1);
    },
    kinds: () => Object.fromEntries(kinds),
    reset: () => kinds.clear(),
  };
}
