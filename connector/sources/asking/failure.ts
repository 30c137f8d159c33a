import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { Unavailable } from "../../errors.ts";
import { Busy, Declined, Unreadable } from "./declined.ts";
import type { Answer } from "./request.ts";
import { toRetryAfterMs } from "./retry-after.ts";
import { maybeText } from "./wire.ts";

/** How most networks say why not. */
const WireWhy = z.object({ error: maybeText, message: maybeText });

/** What the network says of why not: its name for that, and a sentence; each as far as it has one. */
export type ReadWhy = (body: unknown) => { readonly error?: string | undefined; readonly message?: string | undefined };

export const readWhy: ReadWhy = (body) => WireWhy.safeParse(body).data ?? {};

/**
 * The only place where a network's answer becomes an error of ours, but for a refused token: the client tries that again. A
 * network that speaks otherwise of why not says how with `why`.
 */
export function toFailure(
  { status, headers, body }: Answer,
  clock: Clock,
  why: ReadWhy = readWhy,
): Declined | Unavailable | undefined {
  if (status === 429)
    return new Busy("The network asks us to slow down (429)", { retryAfterMs: toRetryAfterMs(headers, clock) });
  if (status === 408 || status >= 500)
    return new Unavailable(`The network fails with ${status}`, { retryAfterMs: toRetryAfterMs(headers, clock, []) });
  if (status >= 300) {
    const { error = `status ${status}`, message = error } = why(body);
    return new Declined(status, message, error);
  }
  return body === undefined ? new Unreadable("The network answers with something that is no JSON") : undefined;
}
