import { Unavailable } from "../../errors.ts";
import { Refused } from "./client.ts";

/** Only a person can mend what the network refuses: it is asked for again, but not often. */
const ASK_AGAIN_MS = 5 * 60_000;

/**
 * Asks for a feed's list. What the network refuses for good (a suspended account, a missing scope, a closed timeline) is no
 * end of the world: this feed waits as `Unavailable` and says what to look at, all others go on.
 */
export async function askList(
  question: Promise<readonly unknown[]>,
  feed: { readonly name: string; readonly remedy: string },
): Promise<readonly unknown[]> {
  try {
    return toList(await question, feed.name);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const message = `The network refuses the feed "${feed.name}" with status ${error.status}. ${feed.remedy}`;
    throw new Unavailable(message, { cause: error, retryAfterMs: ASK_AGAIN_MS });
  }
}

/** The client passes on whatever was JSON. */
function toList(answer: unknown, name: string): readonly unknown[] {
  if (Array.isArray(answer)) return answer;
  throw new Unavailable(`The network answers with no list for the feed "${name}"`, { retryAfterMs: ASK_AGAIN_MS });
}
