import type { Consumer, Work } from "./consumer.ts";

export interface DispatchOptions extends Pick<Consumer, "bell" | "msUntilWork" | "nextWork"> {
  /** The most that may be under way at once. */
  readonly most: number;
  /** Runs a part and never rejects. */
  readonly start: (part: () => Promise<void>) => Promise<void>;
}

/** Starts work as it comes up, so much of it at once as is allowed. When aborted, waits for what is under way. */
export async function dispatch(options: DispatchOptions, signal: AbortSignal): Promise<void> {
  const { bell, most, msUntilWork, nextWork, start } = options;
  const underWay = new Set<Promise<void>>();

  function begin(work: Work): void {
    const done = start(work).then(() => {
      underWay.delete(done);
      bell.ring();
    });
    underWay.add(done);
  }

  signal.addEventListener("abort", () => bell.ring());
  while (!signal.aborted) {
    const isFull = underWay.size >= most;
    const work = isFull ? undefined : nextWork();
    if (work === undefined) await bell.wait(isFull ? undefined : msUntilWork());
    else begin(work);
  }
  await Promise.all(underWay);
}
