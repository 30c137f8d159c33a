import type { Clock } from "../../clock.ts";
import { Unavailable } from "../../errors.ts";
import type { Answer } from "./request.ts";
import { WireError } from "./schema.ts";

/** The network understood us and says no: `status` is HTTP's, `message` the network's own words. */
export class Declined extends Error {
  override readonly name = "Declined";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A page where JSON was due: a proxy in between, or no such network at this address. */
export class Unreadable extends Unavailable {}

/** The only place where an answer of the network becomes an error of ours, but for a refused token: the client tries that again. */
export function toFailure({ status, headers, body }: Answer, clock: Clock): Declined | Unavailable | undefined {
  if (status === 429)
    return new Unavailable("The network asks us to slow down (429)", { retryAfterMs: toRetryAfterMs(headers, clock) });
  if (status === 408 || status >= 500) return new Unavailable(`The network fails with ${status}`);
  if (status >= 300) return new Declined(status, WireError.safeParse(body).data?.error ?? `status ${status}`);
  return body === undefined ? new Unreadable("The network answers with something that is no JSON") : undefined;
}

/** Mastodon names the instant when the count starts anew; proxies before it name seconds. */
function toRetryAfterMs(headers: Headers, clock: Clock): number | undefined {
  const seconds = Number(headers.get("Retry-After") ?? Number.NaN);
  if (seconds >= 0) return seconds * 1000;
  const reset = Date.parse(headers.get("X-RateLimit-Reset") ?? "");
  return Number.isNaN(reset) ? undefined : Math.max(0, reset - Date.parse(clock.now()));
}
