import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { isOnServer } from "../config/journal-place.ts";
import type { Journal } from "../journal/journal.ts";
import { openPostgresJournal } from "../journal/postgres.ts";
import { openSqliteJournal } from "../journal/sqlite.ts";

export interface OpenJournalOptions {
  readonly clock: Clock;
  /** A command beside the connector: makes no journal where there is none. */
  readonly visitor?: boolean;
  /** Told after every append how long it took to be durable, in seconds. */
  readonly onAppend?: (seconds: number) => void;
  /** Told when nothing more can be written, as a sentence, and when it can again. */
  readonly onTrouble?: (trouble: string | undefined) => void;
}

/** The journal that the configuration names. Throws `Misconfigured`; where it lies on a server, `Unavailable` too. */
export function openJournal(
  { journal, journalPassword, journalFreeMegabytes }: Config,
  { onTrouble, ...options }: OpenJournalOptions,
): Promise<Journal> {
  if (isOnServer(journal)) {
    const telling = onTrouble === undefined ? {} : { onTrouble };
    return openPostgresJournal({ url: journal, password: journalPassword, ...options, ...telling });
  }
  const leastFreeBytes = journalFreeMegabytes * 2 ** 20;
  return openSqliteJournal({ file: journal, leastFreeBytes, onDisk: onTrouble, ...options });
}
