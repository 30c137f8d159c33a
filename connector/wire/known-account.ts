import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Journal } from "../journal/journal.ts";
import type { Account } from "../model/account.ts";

const schema = z.object({
  key: z.string(),
  network: z.string(),
  handle: z.string(),
  mode: z.enum(["engage", "listen-only"]),
  textLimit: z.number(),
  urlLength: z.number(),
});

/** Who an account of the configuration was when it was opened last: the document `account/<name>`; undefined: it never was. */
export async function readKnownAccount(journal: Pick<Journal, "get">, name: string): Promise<Account | undefined> {
  const doc = await journal.get(`account/${name}`);
  return doc === undefined ? undefined : schema.parse(JSON.parse(doc.value));
}

/** Remembers it for a start at which its network does not let it in. */
export async function keepKnownAccount(
  journal: Pick<Journal, "get" | "put">,
  name: string,
  account: Account,
): Promise<void> {
  const doc = await journal.get(`account/${name}`);
  if (doc !== undefined && isDeepStrictEqual(JSON.parse(doc.value), account)) return;
  await journal.put(`account/${name}`, JSON.stringify(account), doc?.revision ?? 0);
}
