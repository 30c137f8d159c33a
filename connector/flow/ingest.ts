import type { Clock } from "../clock.ts";
import { Unavailable } from "../errors.ts";
import type { Journal, LogName, NewEntry } from "../journal/journal.ts";
import type { IsoTime } from "../model/glossary.ts";
import { Ended, toCause } from "./cause.ts";
import type { Feed, Page } from "./feed.ts";
import { openFeedLedger } from "./feed-ledger.ts";
import type { FeedLedger } from "./feed-ledger.ts";
import { toBroken, toBrought, toHeard, toLost, toResumed } from "./hearing.ts";
import type { Mark } from "./mark.ts";
import { untilAvailable, waitOut } from "./retry.ts";
import type { OnWait } from "./retry.ts";

export interface IngestOptions<T> {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: LogName;
  /** The feed's, unique in the journal: its cursor and its gaps are the document `cursor/<name>`. */
  readonly name: string;
  readonly feed: Feed<T>;
  readonly toEntry: (item: T) => NewEntry;
  /** Told of each page when it is durable. */
  readonly onPage?: (page: Page<T>) => void;
  readonly onWait?: OnWait;
  /** Told of how the feed stands: at the start and after every change. */
  readonly onMark?: (mark: Mark) => void;
}

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
  const { clock, name, feed, onWait } = options;
  const ledger = await untilAvailable(clock, signal, () => openFeedLedger(options), onWait);
  let failures = 0;
  for (;;) {
    signal.throwIfAborted();
    // What comes now has been asked for since this moment, as far as nothing breaks off.
    let worksSince = clock.now();
    try {
      for await (const page of feed(ledger.mark?.cursor, signal)) {
        await keep(options, ledger, { page, worksSince });
        failures = 0;
        if (page.interrupted !== undefined) worksSince = clock.now();
      }
      signal.throwIfAborted();
      throw new Ended(`The feed ${name} ended.`);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Unavailable)) throw error;
      failures += 1;
      await ledger.broken({ cause: toCause(error), detail: error.message });
      await waitOut(error, { clock, signal, failures, onWait });
    }
  }
}

interface Heard<T> {
  readonly page: Page<T>;
  readonly worksSince: IsoTime;
}

async function keep<T>(
  { journal, clock, log, toEntry, onPage }: IngestOptions<T>,
  ledger: FeedLedger,
  { page, worksSince }: Heard<T>,
): Promise<void> {
  if (page.items.length > 0) await journal.append(log, page.items.map(toEntry));
  await ledger.move(toMark(ledger.mark, { page, worksSince }, clock.now()));
  if (page.heardUntil !== undefined) await ledger.noteFilled();
  onPage?.(page);
}

/** How the feed stands after this page. */
function toMark(before: Mark | undefined, { page, worksSince }: Heard<unknown>, at: IsoTime): Mark {
  const { items, cursor, heardUntil, lost, interrupted } = page;
  let mark = toBrought<Mark>({ ...(before ?? { gaps: [] }), cursor }, items.length);
  if (lost !== undefined) mark = toLost(mark, lost, at);
  if (interrupted === undefined) mark = toResumed(mark, worksSince);
  if (heardUntil !== undefined) mark = toHeard(mark, heardUntil, at);
  return interrupted === undefined ? mark : toBroken(mark, { ...interrupted, at });
}
