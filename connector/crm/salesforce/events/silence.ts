import type { Clock } from "../../../clock.ts";
import { Unavailable } from "../../../errors.ts";

/** Aborts, with `Unavailable` as the reason, when it was not told for `ms` that something came. */
export interface SilenceWatch extends Disposable {
  readonly signal: AbortSignal;
  came(): void;
}

export function watchSilence(clock: Clock, ms: number): SilenceWatch {
  const silent = new AbortController();
  let counting = new AbortController();

  function came(): void {
    counting.abort();
    const mine = (counting = new AbortController());
    void clock.sleep(ms, mine.signal).then(() => {
      if (mine.signal.aborted) return;
      silent.abort(new Unavailable(`Salesforce's event service was silent for ${Math.round(ms / 1000)} s`));
    });
  }

  came();
  return { signal: silent.signal, came, [Symbol.dispose]: () => counting.abort() };
}
