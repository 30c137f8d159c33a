import type { Journal } from "../journal/journal.ts";
import type { IsoTime, Key } from "../model/glossary.ts";

const toDocKey = (account: Key): string => `disconnected/${account}`;

/** Since when an account is disconnected. The first answer stands, also after a restart, until it is over. */
export async function toSince(journal: Journal, account: Key, now: IsoTime): Promise<IsoTime> {
  const made = await journal.put(toDocKey(account), now, 0);
  return made === undefined ? ((await journal.get(toDocKey(account)))?.value ?? now) : now;
}

/** It is connected again: the next disconnection is another one. Safe to repeat. */
export async function forgetSince(journal: Journal, account: Key): Promise<void> {
  const found = await journal.get(toDocKey(account));
  if (found !== undefined) await journal.remove(found.key, found.revision);
}
