import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { toRetryAfterMs } from "./retry-after.ts";

const clock = manualClock("2026-03-02T09:00:00.000Z");
const nowS = Date.parse(clock.now()) / 1000;

test.each([
  [{ "Retry-After": "7" }, 7_000],
  [{ "Retry-After": "0" }, 0],
  [{ "Retry-After": "Mon, 02 Mar 2026 09:01:00 GMT" }, 60_000],
  [{ "RateLimit-Reset": String(nowS + 90) }, 90_000],
  [{ "RateLimit-Reset": "45" }, 45_000],
  [{ "X-RateLimit-Reset": String(nowS - 10) }, 0],
  [{ "x-ratelimit-reset": "2026-03-02T09:02:00.000Z" }, 120_000],
  [{ "Retry-After": "5", "RateLimit-Reset": String(nowS + 90) }, 5_000],
  [{ "Retry-After": "soon", "RateLimit-Reset": "45" }, 45_000],
  [{ "Retry-After": "-3" }, undefined],
  [{ "Retry-After": "" }, undefined],
  [{}, undefined],
])("waits as long as the network asks: %j", (headers, ms) => {
  expect(toRetryAfterMs(new Headers(headers), clock)).toBe(ms);
});

test("what only tells of the count is not taken for a wish to wait, where it is told so", () => {
  expect(toRetryAfterMs(new Headers({ "RateLimit-Reset": "45" }), clock, [])).toBeUndefined();
});
