import { manualClock } from "../../test/fakes/manual-clock.ts";
import { Misconfigured, Unavailable } from "../errors.ts";
import { toDelayMs, untilAvailable } from "./retry.ts";

const never = new AbortController().signal;

describe("the delay", () => {
  test("is a random share of a time that doubles up to a quarter of a minute", () => {
    const longest = [1, 2, 3, 4, 5, 6, 500].map((failures) => toDelayMs(failures, 0, () => 1));
    expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    expect(toDelayMs(3, 0, () => 0)).toBe(0);
    expect(toDelayMs(3, undefined, () => 0.25)).toBe(500);
  });

  test("is never shorter than the other side asked for, up to an hour", () => {
    expect(toDelayMs(1, 90_000, () => 0)).toBe(90_000);
    expect(toDelayMs(1, 90_000, () => 1)).toBe(90_500);
    expect(toDelayMs(1, 1e12, () => 0)).toBe(3_600_000);
    expect(toDelayMs(1, -5, () => 0)).toBe(0);
  });
});

describe("untilAvailable", () => {
  test("tries again until it is available, and tells of every wait", async () => {
    const clock = manualClock();
    const waits: string[] = [];
    let calls = 0;
    const action = (): Promise<string> => {
      calls += 1;
      if (calls < 3) return Promise.reject(new Unavailable(`No ${calls}`, { retryAfterMs: 1000 }));
      return Promise.resolve("yes");
    };
    const answer = untilAvailable(clock, never, action, (cause) => waits.push(cause.message));
    for (const expectedCalls of [1, 2]) {
      const ms = await clock.untilSleeping();
      expect(ms).toBeGreaterThanOrEqual(1000);
      expect(calls).toBe(expectedCalls);
      clock.advance(ms);
    }
    expect(await answer).toBe("yes");
    expect(waits).toEqual(["No 1", "No 2"]);
  });

  test("leaves any other failure to its caller", async () => {
    const action = (): Promise<never> => Promise.reject(new Misconfigured("No such account."));
    await expect(untilAvailable(manualClock(), never, action)).rejects.toThrow("No such account.");
  });

  test("ends its wait when it is aborted", async () => {
    const clock = manualClock();
    const stop = new AbortController();
    const action = (): Promise<never> => Promise.reject(new Unavailable("No"));
    const answer = untilAvailable(clock, stop.signal, action);
    await clock.untilSleeping();
    stop.abort(new Error("The end"));
    await expect(answer).rejects.toThrow("The end");
  });
});
