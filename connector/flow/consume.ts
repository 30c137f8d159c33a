import { setImmediate } from "node:timers/promises";
import { openConsumer } from "./consuming/consumer.ts";
import { dispatch } from "./consuming/dispatch.ts";
import type { ConsumeOptions } from "./consuming/options.ts";

export type { Attempt, Handle, Outcome } from "./consuming/deliver.ts";
export type { ConsumeOptions, ConsumeStats } from "./consuming/options.ts";

/**
 * Hands what waits in the log over until aborted, and moves a partition's position only after that. Order within a
 * partition holds; a crash anywhere hands entries over again and passes none. Resolves when aborted and all that was under
 * way has ended; throws `Taken` when another connector took over. When one reason rejects everything, all of it is
 * held back and tried again every ten minutes: `onWait` is told with `Stopped`.
 */
export async function consume(options: ConsumeOptions, signal: AbortSignal): Promise<void> {
  const stop = new AbortController();
  const running = AbortSignal.any([signal, stop.signal]);
  const faults: unknown[] = [];

  /** The first failure of any part ends them all; what fails after that fails because of it. */
  async function guard(part: () => Promise<void>): Promise<void> {
    try {
      await part();
    } catch (error) {
      if (!running.aborted) faults.push(error);
      stop.abort();
    }
  }

  await guard(async () => {
    const consumer = await openConsumer(options, running);
    const readers = consumer.lanes.map((lane) => guard(() => lane.read(running)));
    // The first pages of all lanes before the first batch: what is urgent among them goes first.
    await setImmediate();
    await Promise.all([
      ...readers,
      guard(() => consumer.retries.run(running)),
      dispatch({ ...consumer, most: options.inFlight ?? 6, start: guard }, running),
    ]);
  });
  if (faults.length > 0) throw faults[0];
}
