import { Stopped, Unavailable } from "../../errors.ts";
import { Declined } from "./failure.ts";
import { WireListed } from "./schema.ts";

/** Only a person can mend what the network refuses: it is asked for again, but not often. */
const ASK_AGAIN_MS = 5 * 60_000;

/** An element of one of the network's lists. */
export interface Listed {
  /** Empty: it has none, and cannot be placed. */
  readonly id: string;
  /** As it travelled. */
  readonly wire: unknown;
  /** When it came into being, where it says so. */
  readonly at: string | undefined;
}

/**
 * Asks for a feed's list. What the network refuses for good (a missing scope, a closed timeline) is no end of the world:
 * this feed waits as `Stopped` and says what to look at, all others go on.
 */
export async function askList(
  question: Promise<unknown>,
  feed: { readonly name: string; readonly remedy: string },
): Promise<readonly Listed[]> {
  try {
    const answer = await question;
    if (Array.isArray(answer)) return answer.map(toListed);
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
    const message = `The network refuses the feed "${feed.name}" with status ${error.status}. ${feed.remedy}`;
    throw new Stopped(message, { cause: error, retryAfterMs: ASK_AGAIN_MS });
  }
  throw new Unavailable(`The network answers with no list for the feed "${feed.name}"`);
}

function toListed(wire: unknown): Listed {
  const listed = WireListed.safeParse(wire).data;
  return { id: listed?.id ?? "", wire, at: listed?.created_at };
}
