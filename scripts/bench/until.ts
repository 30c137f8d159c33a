import { setTimeout as delay } from "node:timers/promises";

/** Asks until `look` finds something. Throws when that takes longer than `withinMs`, saying what was waited for. */
export async function until<T>(
  what: string,
  { withinMs, everyMs = 10, signal }: { withinMs: number; everyMs?: number; signal: AbortSignal },
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const lastMs = performance.now() + withinMs;
  for (;;) {
    signal.throwIfAborted();
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > lastMs) throw new Error(`Not within ${withinMs / 1000} s: ${what}`);
    await delay(everyMs, undefined, { signal });
  }
}
