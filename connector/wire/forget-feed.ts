import { untilAvailable } from "../flow/retry.ts";
import { toMarkKey } from "../flow/mark.ts";
import type { Account } from "../model/account.ts";
import type { Source } from "../sources/source.ts";
import type { Parts } from "./parts.ts";

/**
 * A feed that nobody wants any more. When somebody wants it again it begins anew: what was said meanwhile was not listened
 * for, and is no gap.
 */
export async function forgetFeed(
  { journal, clock, board, reporter }: Pick<Parts, "journal" | "clock" | "board" | "reporter">,
  account: Account,
  { feed, name }: { readonly feed: string; readonly name: string },
  signal: AbortSignal,
): Promise<void> {
  const key = toMarkKey(`${account.key}/${feed}`);
  await untilAvailable(clock, signal, async () => {
    const doc = await journal.get(key);
    if (doc !== undefined) await journal.remove(key, doc.revision);
  });
  reporter.heard(account, feed, undefined);
  board.set(`${name} (${feed})`, "up", "there are no words to listen for");
}

/**
 * Of the feeds that the journal knows of this account, those that its source has no more: whichever connector heard them. What
 * is told by itself has no feeds and is left alone.
 */
export async function forgetUnwanted(
  parts: Pick<Parts, "journal" | "clock" | "board" | "reporter">,
  { source, name }: { readonly source: Source; readonly name: string },
  signal: AbortSignal,
): Promise<void> {
  const { account, feeds } = source;
  if ("receive" in source) return;
  const known = await untilAvailable(parts.clock, signal, () => readFeeds(parts.journal, account));
  for (const feed of known) if (!(feed in feeds)) await forgetFeed(parts, account, { feed, name }, signal);
}

async function readFeeds(journal: Parts["journal"], { key }: Account): Promise<readonly string[]> {
  const prefix = toMarkKey(`${key}/`);
  const feeds: string[] = [];
  for await (const doc of journal.list(prefix)) feeds.push(doc.key.slice(prefix.length));
  return feeds.filter((feed) => !feed.includes("/"));
}
