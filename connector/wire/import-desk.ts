import type { Clock } from "../clock.ts";
import type { WebhookConfig } from "../config.ts";
import { noteFilled } from "../coverage.ts";
import type { Journal } from "../journal/journal.ts";
import type { Key } from "../model/glossary.ts";
import type { PostEvent } from "../model/post.ts";
import { toRowReader } from "../sources/webhook/columns.ts";
import type { Fault } from "../sources/webhook/faults.ts";
import { toUs } from "../sources/webhook/index.ts";
import { readEvent } from "../sources/webhook/read-event.ts";
import type { Complete, Told } from "../sources/webhook/to-event.ts";
import { DELIVERIES } from "./hook.ts";
import { openInUse } from "./in-use.ts";
import { toPostEntries } from "./post-entries.ts";
import { openUrgency } from "./urgent.ts";

export type { Complete, Fault, Told };

/** Where the events of a file go in, as if the account's sender had sent them. */
export interface ImportDesk {
  /** How a table with these columns is read. Throws `Misconfigured` where one of them is not known. */
  readonly toRowReader: (header: readonly string[]) => (cells: readonly string[]) => unknown;
  /** What one event says, or all that is wrong with it. */
  read(form: unknown): Told | { readonly faults: readonly Fault[] };
  /** Durable on return, and safe to repeat. Throws `Unavailable`. */
  keep(events: readonly PostEvent[]): Promise<void>;
  /** Fills the gaps within these stretches. Call it when all events are kept. */
  noteComplete(stretches: readonly Complete[]): Promise<void>;
}

/** A gap that begins before everything. */
const EVER = new Date(0).toISOString();

export async function openImportDesk(
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
  settings: WebhookConfig,
): Promise<ImportDesk> {
  const us = toUs(settings);
  const handleOf = (key: Key): string | undefined => (key === us.account.key ? us.account.handle : undefined);
  const urgency = await openUrgency(await openInUse(journal), handleOf);
  return {
    toRowReader,
    read: (form) => readEvent(form, us, clock.now()),
    keep: async (events) => await journal.append("posts", await toPostEntries({ ...urgency, journal }, events)),
    async noteComplete(stretches) {
      for (const { from = EVER, to } of stretches)
        await noteFilled(journal, { account: us.account.key, feed: DELIVERIES, from, to });
    },
  };
}
