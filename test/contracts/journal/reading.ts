import type { Entry, Journal, LogName, NewEntry } from "../../../connector/journal/journal.ts";

const never = new AbortController().signal;

/** Entries of these keys, with values to tell them apart. */
export function entries(partition: number, ...keys: readonly string[]): readonly NewEntry[] {
  return keys.map((key) => ({ key, partition, value: `value of ${key}` }));
}

/** All that stands in a partition now. */
export async function readAll(journal: Journal, log: LogName, partition: number): Promise<readonly Entry[]> {
  const stop = new AbortController();
  const tail = journal.tail(log, partition, 0, 10_000, stop.signal)[Symbol.asyncIterator]();
  const first = tail.next();
  // A whole round trip later, only a tail that found nothing is still waiting.
  await journal.get("any");
  stop.abort();
  const page = await first;
  return page.done === true ? [] : page.value;
}

/** The keys of all that stands in a partition now. */
export async function readKeys(journal: Journal, log: LogName, partition: number): Promise<readonly string[]> {
  return (await readAll(journal, log, partition)).map(({ key }) => key);
}

/** The first `count` pages of a tail. */
export async function readPages(
  journal: Journal,
  from: { partition: number; after: number; max: number },
  count: number,
): Promise<readonly (readonly Entry[])[]> {
  const pages: (readonly Entry[])[] = [];
  for await (const page of journal.tail("posts", from.partition, from.after, from.max, never)) {
    pages.push(page);
    if (pages.length === count) break;
  }
  return pages;
}

/** The keys of all that a tail gives until it ends. */
export async function drain(tail: AsyncIterable<readonly Entry[]>, onPage: () => void): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const page of tail) {
    keys.push(...page.map(({ key }) => key));
    onPage();
  }
  return keys;
}
