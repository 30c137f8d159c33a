/** Runs `work` when one of the slots is free, in the order of asking. */
export type Slots = <T>(work: () => Promise<T>) => Promise<T>;

/** At most so many are under way at once; the others wait as long as it takes. */
export function toSlots(most: number): Slots {
  const waiting: (() => void)[] = [];
  let free = most;

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
