const { PROPERTY_SEED, PROPERTY_TIMES } = process.env;

/** More runs than a test has time for, or others: `PROPERTY_TIMES=20 PROPERTY_SEED=7 npm test -- test/properties`. */
const times = Number(PROPERTY_TIMES ?? 1);

/** The same runs each time. A failure tells its seed and path. */
export function toOptions(runs: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: Number(PROPERTY_SEED ?? 20_260_302), numRuns: runs * times };
}

/** How long a test with such options may take, in milliseconds. */
export const LIMIT_MS = 120_000 * times;
