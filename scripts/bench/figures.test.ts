import { toLatency, toQuantile, toSteadyRate } from "./figures.ts";

const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);

test("a quantile is the value that so large a share does not exceed, whatever the order", () => {
  expect(toQuantile(hundred, 0.5)).toBe(50);
  expect(toQuantile(hundred, 0.99)).toBe(99);
  expect(toQuantile([7], 0.5)).toBe(7);
});

test("a latency names the median, the tail and the worst", () => {
  expect(toLatency(hundred)).toEqual({ p50Ms: 50, p95Ms: 95, p99Ms: 99, maxMs: 100 });
});

test("the steady rate leaves a slow start and a slow end out", () => {
  const everyTenMs = Array.from({ length: 1001 }, (_, n) => n * 10);
  const withPauses = everyTenMs.map((ms) => ms + (ms > 500 ? 5000 : 0) + (ms > 9500 ? 5000 : 0));
  expect(toSteadyRate(everyTenMs)).toBeCloseTo(100, 0);
  expect(toSteadyRate(withPauses)).toBeCloseTo(100, 0);
});
