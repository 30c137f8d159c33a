import { consume } from "../../connector/flow/consume.ts";
import type { ConsumeOptions, Handle } from "../../connector/flow/consume.ts";
import type { Entry, Journal } from "../../connector/journal/journal.ts";
import type { ManualClock } from "./manual-clock.ts";

/** Stands in every entry, and must never turn up outside the log. */
export const SECRET = "my bag never arrived";

/** `n` entries of one partition: `p<partition>-<number>`. */
export function entries(partition: number, n: number, first = 1) {
  return Array.from({ length: n }, (_, index) => ({
    key: `p${partition}-${first + index}`,
    partition,
    value: `${SECRET} ${first + index}`,
  }));
}

export function keysOf(batch: readonly Entry[]): readonly string[] {
  return batch.map(({ key }) => key);
}

/** A consumer under test, running from the start. */
export function start(
  journal: Journal,
  clock: ManualClock,
  options: Pick<ConsumeOptions, "handle"> & Partial<ConsumeOptions>,
) {
  const stop = new AbortController();
  const running = consume({ journal, clock, log: "posts", partitions: [0, 1, 2, 3], ...options }, stop.signal);
  running.catch(() => undefined);
  return {
    running,
    stop: async (): Promise<void> => {
      stop.abort();
      await running;
    },
  };
}

export async function readDocuments(journal: Journal, prefix: string): Promise<readonly Record<string, unknown>[]> {
  const documents: Record<string, unknown>[] = [];
  for await (const doc of journal.list(prefix)) documents.push(JSON.parse(doc.value) as Record<string, unknown>);
  return documents;
}

/** Remembers every batch; answers with what `answer` makes of an entry. */
export function recordingHandle(
  answer: (entry: Entry) => undefined | { reason: string; detail: string } = () => undefined,
) {
  const batches: (readonly string[])[] = [];
  const handle: Handle = (batch) => {
    batches.push(keysOf(batch));
    return Promise.resolve(batch.map(answer));
  };
  return { batches, handle, handled: () => batches.flat() };
}

export const rejected = { reason: "TOO_LONG", detail: "The field Text__c is too short." };
