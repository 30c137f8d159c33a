import { toJournalError } from "./failure.ts";

/** Runs a query and answers with what it found, or rejects with one of the fates. */
export type Reader = <T>(query: () => T) => Promise<T>;

/**
 * Queries run at once and see all that is durable and nothing else: they share the writer's connection, and its
 * transactions begin and end within one turn of the event loop.
 */
export function toReader(file: string): Reader {
  return (query) => {
    try {
      return Promise.resolve(query());
    } catch (error) {
      return Promise.reject(toJournalError(error, file));
    }
  };
}
