import { Stopped, Unavailable } from "../../errors.ts";
import { Declined } from "./failure.ts";

/** Only a person can mend what the network refuses: it is asked for again, but not often. */
const ASK_AGAIN_MS = 5 * 60_000;

/** A feed, and what to look at where the network refuses what it asks. */
export interface Asking {
  readonly name: string;
  readonly remedy: string;
}

/**
 * Asks what a feed needs. What the network refuses for good (a right that is missing) is no end of the world: this feed waits
 * as `Stopped` and says what to look at, all others go on.
 */
export async function askFor<T>(
  question: Promise<unknown>,
  schema: { safeParse(value: unknown): { readonly data?: T | undefined } },
  { name, remedy }: Asking,
): Promise<T> {
  try {
    const { data } = schema.safeParse(await question);
    if (data !== undefined) return data;
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
    throw toStopped({ name, remedy }, error);
  }
  throw new Unavailable(`The network answers with no list for the feed "${name}"`);
}

export function toStopped({ name, remedy }: Asking, cause: { readonly status: number }): Stopped {
  const message = `The network refuses the feed "${name}" with status ${cause.status}. ${remedy}`;
  return new Stopped(message, { cause, retryAfterMs: ASK_AGAIN_MS });
}
