import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { Unavailable } from "../errors.ts";
import type { Journal, LogName, NewEntry } from "../journal/journal.ts";
import type { Feed, Page } from "./feed.ts";
import { openOwnedDocument } from "./owned-document.ts";
import type { OwnedDocument } from "./owned-document.ts";
import { untilAvailable, waitOut } from "./retry.ts";
import type { OnWait } from "./retry.ts";

export interface IngestOptions<T> {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: LogName;
  /** The feed's, unique in the journal: its cursor is the document `cursor/<name>`. */
  readonly name: string;
  readonly feed: Feed<T>;
  readonly toEntry: (item: T) => NewEntry;
  /** Told of each page when it is durable. */
  readonly onPage?: (page: Page<T>) => void;
  readonly onWait?: OnWait;
}

/** Where a feed stands: `cursor/<name>`. */
export type Mark = z.infer<typeof markSchema>;

const markSchema = z.object({
  cursor: z.string(),
  heardUntil: z.string().optional(),
  /** Stretches that we know we have not heard, oldest first. */
  gaps: z.array(z.object({ from: z.string(), to: z.string(), cause: z.string() })),
});

/** A feed that breaks off often must not make its document grow without end. */
const MOST_GAPS = 100;

/**
 * Brings a feed into a log until aborted. A page is durable before the cursor moves, and the cursor has moved before the
 * next page is asked for: a crash anywhere repeats a page at most, and the log skips what it has seen. An `Unavailable`
 * feed or journal is waited for and opened anew from the durable cursor; any other failure is thrown.
 */
export async function ingest<T>(options: IngestOptions<T>, signal: AbortSignal): Promise<void> {
  try {
    await hearWithoutEnd(options, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function hearWithoutEnd<T>(options: IngestOptions<T>, signal: AbortSignal): Promise<never> {
  const { journal, clock, name, feed, onWait } = options;
  const open = (): Promise<OwnedDocument<Mark>> =>
    openOwnedDocument(journal, `cursor/${name}`, (json) => markSchema.parse(json));
  const mark = await untilAvailable(clock, signal, open, onWait);
  let failures = 0;
  for (;;) {
    try {
      for await (const page of feed(mark.value?.cursor, signal)) {
        await keep(options, mark, page);
        failures = 0;
      }
      signal.throwIfAborted();
      throw new Unavailable(`The feed ${name} ended.`);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Unavailable)) throw error;
      failures += 1;
      await waitOut(error, { clock, signal, failures, onWait });
    }
  }
}

async function keep<T>(options: IngestOptions<T>, mark: OwnedDocument<Mark>, page: Page<T>): Promise<void> {
  if (page.items.length > 0) await options.journal.append(options.log, page.items.map(options.toEntry));
  const next = toMark(mark.value, page);
  if (!isDeepStrictEqual(next, mark.value)) await mark.put(next);
  options.onPage?.(page);
}

/** Where the feed stands after this page. A gap that a feed reports again is the same gap. */
function toMark(mark: Mark | undefined, { cursor, heardUntil = mark?.heardUntil, gap }: Page<unknown>): Mark {
  const known = mark?.gaps ?? [];
  const isNew = gap !== undefined && !known.some(({ from, to }) => from === gap.from && to === gap.to);
  const gaps = isNew ? [...known, gap].slice(-MOST_GAPS) : known;
  return { cursor, ...(heardUntil === undefined ? {} : { heardUntil }), gaps };
}
