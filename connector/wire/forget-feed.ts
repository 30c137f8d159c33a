import { untilAvailable } from "../flow/retry.ts";
import { toMarkKey } from "../flow/mark.ts";
import type { Account } from "../model/account.ts";
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
