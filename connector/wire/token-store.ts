import { toAccountName, type AccountConfig } from "../config.ts";
import { Misconfigured, Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { TokenStore } from "../sources/token.ts";

/**
 * Keeps an account's refreshed tokens, sealed as they are, in the journal's document `token/<account>`. What another process
 * wrote since we last read is never written over: `Unavailable`, once, and whoever reads finds theirs.
 */
export function toTokenStore(journal: Pick<Journal, "get" | "put">, account: AccountConfig): TokenStore {
  const key = `token/${toAccountName(account)}`;
  let revision: number | undefined;
  const read = async () => {
    const doc = await journal.get(key);
    revision = doc?.revision ?? 0;
    return doc?.value;
  };
  return {
    read,
    async write(value) {
      if (revision === undefined) await read();
      const written = await journal.put(key, value, revision ?? 0);
      // Its own answer may have been lost.
      if (written === undefined && (await read()) !== value)
        throw new Unavailable("Another process has just refreshed the token of this account");
      revision = written ?? revision;
    },
  };
}

/** The same for a command, which opens the journal for a moment; where there is none yet, nothing was stored. */
export function toVisitedTokenStore(open: () => Promise<Journal>, account: AccountConfig): TokenStore {
  return {
    async read() {
      try {
        await using journal = await open();
        return await toTokenStore(journal, account).read();
      } catch (error) {
        if (error instanceof Misconfigured) return undefined;
        throw error;
      }
    },
    async write(value) {
      await using journal = await open();
      await toTokenStore(journal, account).write(value);
    },
  };
}
