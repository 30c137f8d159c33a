import { setTimeout as delay } from "node:timers/promises";

/** Waits until `look` gives something, looking again and again; what it found. Fails with `what` after `ms`. */
export async function waitFor<T>(what: string, look: () => Promise<T | undefined | false>, ms = 45_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`Waited ${ms / 1000} s in vain for: ${what}`);
    await delay(25);
  }
}
