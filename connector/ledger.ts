import { z } from "zod";
import { Taken } from "./errors.ts";
import type { Journal } from "./journal/journal.ts";
import type { IsoTime, Key } from "./model/glossary.ts";
import type { Verdict } from "./model/reply.ts";

const verdictSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("Sent"), post: z.string().optional(), at: z.string() }),
  z.object({ status: z.enum(["Failed", "Checking"]), detail: z.string() }),
]);

const pageSchema = z.object({
  /** When the attempt was first about to be published. */
  since: z.string(),
  /** When it was last about to be. */
  triedAt: z.string(),
  /** The connector that is at it, among several. */
  by: z.string().optional(),
  /** How it ended; absent: it was about to be published, and nobody wrote how that went. Never with the words. */
  verdict: verdictSchema.optional(),
});

/** What the sender knows of one attempt. */
export type LedgerPage = z.infer<typeof pageSchema>;

export interface LedgerEntry {
  readonly page: LedgerPage;
  /** This very call made it: nothing can have been published before. */
  readonly fresh: boolean;
  /** Notes that the attempt is about to be published; durable on return. Throws `Taken` where another connector is at it. */
  trying(now: IsoTime): Promise<void>;
  /** Ends the attempt; durable on return. Throws `Taken` where another connector is at it. */
  close(verdict: Verdict): Promise<void>;
}

const PREFIX = "reply/";
const toDocKey = (reply: Key): string => `${PREFIX}${reply}`;

export interface Writer {
  readonly now: IsoTime;
  /** Which connector writes; absent: there is but one. */
  readonly by?: string | undefined;
}

/**
 * Opens the page of an attempt, as intent where it is new. What another connector left as intent is ours first: it cannot end
 * it any more, and it counts as tried now, by our own clock. The sender alone owns the ledger.
 */
export async function openLedger(journal: Journal, reply: Key, { now, by }: Writer): Promise<LedgerEntry> {
  const key = toDocKey(reply);
  const intent: LedgerPage = { since: now, triedAt: now, by };
  const made = await journal.put(key, JSON.stringify(intent), 0);
  const doc = made === undefined ? await journal.get(key) : { value: JSON.stringify(intent), revision: made };
  if (doc === undefined) throw new Error("a page of the ledger is gone");
  let page = pageSchema.parse(JSON.parse(doc.value));
  let { revision } = doc;

  async function write(next: LedgerPage): Promise<void> {
    const written = await journal.put(key, JSON.stringify(next), revision);
    if (written === undefined) throw new Taken("Another connector has taken over an answer that is being sent");
    revision = written;
    page = next;
  }

  if (page.verdict === undefined && page.by !== by) await write({ ...page, triedAt: now, by });
  return {
    get page() {
      return page;
    },
    fresh: made !== undefined,
    trying: (at) => write({ ...page, triedAt: at }),
    close: (verdict) => write({ ...page, verdict: verdictSchema.parse(verdict) }),
  };
}

/** The page of an attempt; undefined: it was never about to be published. */
export async function readLedger(journal: Journal, reply: Key): Promise<LedgerPage | undefined> {
  const doc = await journal.get(toDocKey(reply));
  return doc === undefined ? undefined : pageSchema.parse(JSON.parse(doc.value));
}

/** Is this post what an attempt of another row became? Of two answers in the same words each has its own. */
export async function isOfAnotherRow(journal: Journal, post: Key, row: string): Promise<boolean> {
  const quoted = JSON.stringify(post);
  for await (const { key, value } of journal.list(PREFIX)) {
    if (key.startsWith(toDocKey(`${row}/`)) || !value.includes(quoted)) continue;
    const { verdict } = pageSchema.parse(JSON.parse(value));
    if (verdict?.status === "Sent" && verdict.post === post) return true;
  }
  return false;
}

/** Forgets attempts from before `before`, but never one whose reply the log still holds: that may yet come again. */
export async function forgetLedger(journal: Journal, before: IsoTime): Promise<void> {
  for await (const { key, value, revision } of journal.list(PREFIX)) {
    const { triedAt } = pageSchema.parse(JSON.parse(value));
    if (triedAt >= before || (await journal.find("replies", key.slice(PREFIX.length))) !== undefined) continue;
    await journal.remove(key, revision);
  }
}
