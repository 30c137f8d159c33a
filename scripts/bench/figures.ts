/** The value below which this share of all values lies (nearest rank). */
export function toQuantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export interface Latency {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export function toLatency(values: readonly number[]): Latency {
  const at = (share: number): number => Math.round(toQuantile(values, share));
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) };
}

/** Per second between the first and the last tenth of these moments: start and end, where not all is under way, left out. */
export function toSteadyRate(momentsMs: readonly number[]): number {
  const [from, to] = [toQuantile(momentsMs, 0.1), toQuantile(momentsMs, 0.9)];
  return to === from ? Number.NaN : round((momentsMs.length * 0.8 * 1000) / (to - from));
}

/** To one decimal. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
