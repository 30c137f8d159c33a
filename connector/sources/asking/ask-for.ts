import type { z } from "zod";
import { Stopped, Unavailable } from "../../errors.ts";
import { ASK_AGAIN_MS } from "./client.ts";
import { Declined } from "./declined.ts";

/** A feed, and what to look at where the network refuses what it asks. */
export interface Asking {
  readonly name: string;
  readonly remedy: string;
}

/**
 * Asks what a feed needs. What the network refuses for good (a right that is missing, a closed timeline) is no end of the
 * world: this feed waits as `Stopped` and says what to look at, all others go on.
 */
export async function askFor<T>(question: Promise<unknown>, schema: z.ZodType<T>, asking: Asking): Promise<T> {
  try {
    const { data } = schema.safeParse(await question);
    if (data !== undefined) return data;
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
    throw toStopped(asking, error);
  }
  throw new Unavailable(`The network answers with no list for the feed "${asking.name}"`);
}

export function toStopped({ name, remedy }: Asking, cause: { readonly status: number }): Stopped {
  const message = `The network refuses the feed "${name}" with status ${cause.status}. ${remedy}`;
  return new Stopped(message, { cause, retryAfterMs: ASK_AGAIN_MS });
}
