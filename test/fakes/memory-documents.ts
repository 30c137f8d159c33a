import { setImmediate } from "node:timers/promises";
import type { Doc, Journal } from "../../connector/journal/journal.ts";

/** The documents of a journal without a disk, for tests that write very often: all else of it is refused. */
export function memoryDocuments(): Journal {
  const docs = new Map<string, Doc>();
  const refuse = (): never => {
    throw new Error("Here are only documents.");
  };

  return {
    partitions: 16,
    isShared: true,
    append: refuse,
    tail: refuse,
    find: refuse,
    knows: refuse,
    versions: refuse,
    since: refuse,
    erase: refuse,
    trim: refuse,
    get: async (key) => {
      await setImmediate();
      return docs.get(key);
    },
    put: async (key, value, revision) => {
      await setImmediate();
      if ((docs.get(key)?.revision ?? 0) !== revision) return undefined;
      docs.set(key, { key, value, revision: revision + 1 });
      return revision + 1;
    },
    remove: async (key, revision) => {
      await setImmediate();
      return docs.get(key)?.revision === revision && docs.delete(key);
    },
    list: async function* (prefix) {
      await setImmediate();
      for (const key of [...docs.keys()].sort()) {
        const doc = docs.get(key);
        if (key.startsWith(prefix) && doc !== undefined) yield doc;
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
