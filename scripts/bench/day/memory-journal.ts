import type { Doc, Entry, Journal, LogName, NewEntry } from "../../../connector/journal/journal.ts";
import { PARTITIONS } from "../../../connector/model/partition.ts";

const unneeded = (): never => {
  throw new Error("The journal in memory is for a simulated day only");
};

/**
 * As much of a journal as `consume` and the budget need, at no cost: a simulated day must not take one. Entries that were read are
 * forgotten.
 */
export function openMemoryJournal(now: () => string): Journal {
  const waiting = new Map<string, Entry[]>();
  const docs = new Map<string, Doc>();
  const wakes = new Map<string, () => void>();
  let seq = 0;

  const toPlace = (log: LogName, partition: number): string => `${log}/${partition}`;

  async function* tail(log: LogName, partition: number, _seq: number, max: number, signal: AbortSignal) {
    const place = toPlace(log, partition);
    const wake = (): void => wakes.get(place)?.();
    signal.addEventListener("abort", wake);
    while (!signal.aborted) {
      const entries = waiting.get(place) ?? [];
      if (entries.length > 0) yield entries.splice(0, max);
      else await new Promise<void>((resolve) => wakes.set(place, resolve));
    }
  }

  return {
    partitions: PARTITIONS,
    isShared: false,
    append(log: LogName, items: readonly NewEntry[]) {
      for (const item of items) {
        const place = toPlace(log, item.partition);
        const entries = waiting.get(place) ?? [];
        waiting.set(place, entries);
        entries.push({ ...item, seq: ++seq, appendedAt: now() });
        wakes.get(place)?.();
      }
      return Promise.resolve();
    },
    tail,
    get: (key) => Promise.resolve(docs.get(key)),
    put(key, value, revision) {
      if ((docs.get(key)?.revision ?? 0) !== revision) return Promise.resolve(undefined);
      docs.set(key, { key, value, revision: revision + 1 });
      return Promise.resolve(revision + 1);
    },
    async *list(prefix) {
      yield* (await Promise.resolve([...docs.values()])).filter(({ key }) => key.startsWith(prefix));
    },
    remove: (key) => Promise.resolve(docs.delete(key)),
    find: unneeded,
    knows: unneeded,
    versions: unneeded,
    since: unneeded,
    erase: unneeded,
    trim: unneeded,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
