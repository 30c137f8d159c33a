import { toAccountName, type AccountConfig } from "../config.ts";
import type { Journal } from "../journal/journal.ts";
import type { Hearers } from "../rules/to-listeners.ts";
import { readKnownAccount } from "./known-account.ts";

/** Which of our accounts can listen for words. One that was never opened has no key yet: then it may be any. */
export async function readHearers(journal: Pick<Journal, "get">, accounts: readonly AccountConfig[]): Promise<Hearers> {
  const able = new Set<string>();
  const deaf = new Set<string>();
  let isAnyUnknown = false;
  for (const account of accounts) {
    const known = await readKnownAccount(journal, toAccountName(account));
    if (known === undefined) isAnyUnknown = true;
    else ("words" in account ? able : deaf).add(known.key);
  }
  return isAnyUnknown ? { deaf } : { able, deaf };
}
