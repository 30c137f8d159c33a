/** Chance that repeats itself: the same seed gives the same row of choices. */
export interface Chance {
  /** A whole number from 0 up to below `end`. */
  below(end: number): number;
  /** True once in so many times. */
  oneIn(times: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

/** A linear congruential generator with a scrambled output: good enough to try things out, and the same on every machine. */
export function toChance(seed: number): Chance {
  let state = seed >>> 0;

  function next(): number {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
  }

  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    oneIn: (times) => below(times) === 0,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
  };
}
