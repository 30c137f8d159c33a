import type { Journal } from "../../../connector/journal/journal.ts";
import { Crash } from "../../fakes/crashing-journal.ts";
import type { Fuse } from "./fuse.ts";

/** The journal of a connector that dies: its writes are counted, and from its death on no call has any effect. */
export function toMortalJournal(journal: Journal, fuse: Fuse): Journal {
  async function write<T>(change: () => Promise<T>): Promise<T> {
    const n = fuse.begin("journal write");
    if (n === undefined) throw new Crash();
    const result = await change();
    if (!fuse.happened("journal write", n)) throw new Crash();
    return result;
  }

  function expectLife(): void {
    if (fuse.isBlown) throw new Crash();
  }

  async function read<T>(look: () => Promise<T>): Promise<T> {
    expectLife();
    const result = await look();
    expectLife();
    return result;
  }

  return {
    partitions: journal.partitions,
    isShared: journal.isShared,
    append: (...asked) => write(() => journal.append(...asked)),
    erase: (key) => write(() => journal.erase(key)),
    put: (key, value, revision) => write(() => journal.put(key, value, revision)),
    remove: (key, revision) => write(() => journal.remove(key, revision)),
    trim: (log, horizons) => write(() => journal.trim(log, horizons)),
    tail: (...asked) => journal.tail(...asked),
    since: (...asked) => journal.since(...asked),
    list: (prefix) => journal.list(prefix),
    find: (log, key) => read(() => journal.find(log, key)),
    knows: (log, key) => read(() => journal.knows(log, key)),
    versions: (log, key) => read(() => journal.versions(log, key)),
    get: (key) => read(() => journal.get(key)),
    [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
  };
}
