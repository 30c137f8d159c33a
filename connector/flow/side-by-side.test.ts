import { once } from "node:events";
import { Taken } from "../errors.ts";
import { sideBySide } from "./side-by-side.ts";

test("the first part that fails ends the others, and all have ended when that is thrown", async () => {
  const told: string[] = [];
  const taken = new Taken("Another one is at it");
  const slow = async (signal: AbortSignal): Promise<void> => {
    await once(signal, "abort");
    await new Promise(setImmediate);
    told.push("slow has ended");
    throw new Error("because of the first");
  };
  const running = sideBySide([slow, () => Promise.reject(taken)], new AbortController().signal);
  await expect(running).rejects.toBe(taken);
  expect(told).toEqual(["slow has ended"]);
});

test("what is ended from outside ends as its parts do", async () => {
  const stop = new AbortController();
  const running = sideBySide(
    [
      async (signal) => {
        await once(signal, "abort");
      },
    ],
    stop.signal,
  );
  stop.abort();
  await expect(running).resolves.toBeUndefined();
});
