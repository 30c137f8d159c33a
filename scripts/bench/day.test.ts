import { measureDay, USUAL_DAY } from "./day.ts";

test("some hours of a day that is too much for its org: calls stay within the share, and urgent posts hardly wait", async () => {
  const report = await measureDay({ ...USUAL_DAY, hours: 4, orgLimit: 15_000, burstEveryHours: 2 });
  expect(report.posts).toBeGreaterThan(4 * 3600 * 4.9);
  expect(report.allowedCalls).toBe(7500);
  // A full bucket, and what is refilled until the last post is recorded.
  expect(report.mostCallsInADay).toBeLessThanOrEqual(7500);
  expect(report.calls).toBeLessThan(2500);
  expect(report.urgent.p95Ms).toBeLessThan(60_000);
  expect(report.callsPer1000).toBeLessThan(35);
}, 60_000);

test("with plenty of calls nothing waits for long", async () => {
  const report = await measureDay({ ...USUAL_DAY, hours: 0.05, perSecond: 20, burstEveryHours: 0 });
  expect(report.urgent.p95Ms).toBeLessThan(1000);
  expect(report.heldCalls).toBe(0);
}, 60_000);
