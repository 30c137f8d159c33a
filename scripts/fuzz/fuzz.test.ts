import { runFuzz } from "./run.ts";

test("2,000 mutated deliveries: none crashes, none is taken unsigned, each one that is taken is sound", async () => {
  const report = await runFuzz({ count: 2000, seed: 1, overHttp: 50 });
  expect(report.violations).toEqual([]);
  expect(report.overHttp).toBe(40);
  expect(report.taken).toBeGreaterThan(200);
  expect(report.refused).toBeGreaterThan(1000);
});
