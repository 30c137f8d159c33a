import { Refusal } from "../refusal.ts";
import type { QueryResult } from "../store.ts";

/** Results that are fetched page by page. They live in memory: after a restart a locator is unknown, as an old one is. */
export interface QueryCursors {
  /** The first page of at most `size` rows; the rest is kept. `path` is where the next page will be asked for. */
  open(result: QueryResult, size: number, path: string): QueryResult;
  /** The page behind a locator such as `01gSB0000000001-2000`. Refuses unknown ones. */
  next(locator: string, path: string): QueryResult;
}

const maxOpen = 100;

export function openQueryCursors(): QueryCursors {
  const open = new Map<string, { result: QueryResult; size: number }>();
  let count = 0;

  function page(name: string, from: number, path: string): QueryResult {
    const found = open.get(name);
    if (!found) throw new Refusal("INVALID_QUERY_LOCATOR", "invalid query locator");
    const { result, size } = found;
    const done = from + size >= result.totalSize;
    return {
      totalSize: result.totalSize,
      done,
      ...(!done && { nextRecordsUrl: `${path}/${name}-${from + size}` }),
      records: result.records.slice(from, from + size),
    };
  }

  return {
    open: (result, size, path) => {
      if (result.records.length <= size) return result;
      count += 1;
      const name = `01gSB0${String(count).padStart(9, "0")}`;
      open.set(name, { result, size });
      const [oldest] = open.keys();
      if (open.size > maxOpen && oldest !== undefined) open.delete(oldest);
      return page(name, 0, path);
    },
    next: (locator, path) => {
      const [name = "", from] = locator.split("-");
      return page(name, Number(from), path);
    },
  };
}
