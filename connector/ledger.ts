import type { Journal } from "./journal/journal.ts";
import type { IsoTime, Key } from "./model/glossary.ts";
import type { Verdict } from "./model/reply.ts";

/** What the sender knows of one attempt: that it was about to publish (since when), or how it ended. */
export type LedgerPage =
  | { readonly state: "intent"; readonly since: IsoTime }
  | { readonly state: "done"; readonly since: IsoTime; readonly verdict: Verdict };

export interface LedgerEntry {
  readonly page: LedgerPage;
  /** This very call made it: nothing can have been published before. */
  readonly fresh: boolean;
  /** Ends the attempt; durable on return. */
  close(verdict: Verdict): Promise<void>;
}

/** Opens the page of an attempt, as intent where it is new. The sender alone owns the ledger. */
export async function openLedger(journal: Journal, reply: Key, now: IsoTime): Promise<LedgerEntry> {
  const key = `reply/${reply}`;
  const intent: LedgerPage = { state: "intent", since: now };
  const made = await journal.put(key, JSON.stringify(intent), 0);
  const doc = made === undefined ? await journal.get(key) : { value: JSON.stringify(intent), revision: made };
  if (doc === undefined) throw new Error("a page of the ledger is gone");
  const page = JSON.parse(doc.value) as LedgerPage;
  return {
    page,
    fresh: made !== undefined,
    async close(verdict) {
      const done: LedgerPage = { state: "done", since: page.since, verdict };
      const revision = await journal.put(key, JSON.stringify(done), doc.revision);
      if (revision === undefined) throw new Error("another sender wrote this page of the ledger");
    },
  };
}

/** Since when an attempt may have been published; undefined: never tried. */
export async function readIntent(journal: Journal, reply: Key): Promise<IsoTime | undefined> {
  const doc = await journal.get(`reply/${reply}`);
  return doc === undefined ? undefined : (JSON.parse(doc.value) as LedgerPage).since;
}
