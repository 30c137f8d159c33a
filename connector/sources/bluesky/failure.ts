import type { Clock } from "../../clock.ts";
import { Unavailable } from "../../errors.ts";
import type { Answer } from "./request.ts";
import { WireError } from "./schema.ts";

/** The network understood us and says no: `error` is its own stable name for why. */
export class Declined extends Error {
  override readonly name = "Declined";
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, message: string) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

/** A page where JSON was due: a proxy in between, or no such network at this address. */
export class Unreadable extends Unavailable {}

const NOT_LET_IN: ReadonlySet<string> = new Set([
  "AccountTakedown",
  "AccountSuspended",
  "AccountDeactivated",
  "AccountNotFound",
]);
/** What this kind of app password may never ask. Another session would not help. */
const OUT_OF_SCOPE = /^Bad token (method|scope)/;

/**
 * The only place where an answer becomes an error of ours, but for those of a session: the client tries these again. A record
 * that an index in between could not fetch is "Upstream…" with 502, and waits like any other 5xx.
 */
export function toFailure({ status, headers, body }: Answer, clock: Clock): Declined | Unavailable | undefined {
  if (status === 429)
    return new Unavailable("The network asks us to slow down (429)", { retryAfterMs: toRetryAfterMs(headers, clock) });
  if (status === 408 || status >= 500) return new Unavailable(`The network fails with ${status}`);
  if (status >= 300) {
    const { error = `status ${status}`, message = error } = WireError.safeParse(body).data ?? {};
    return new Declined(status, error, message);
  }
  return body === undefined ? new Unreadable("The network answers with something that is no JSON") : undefined;
}

/** "session": another one may be let in. "account": our account is not, whatever the session. undefined: neither. */
export function toShutOut({ status, body }: Answer): "session" | "account" | undefined {
  const { error = "", message = "" } = WireError.safeParse(body).data ?? {};
  if (status < 400 || status > 403) return undefined;
  if (NOT_LET_IN.has(error)) return "account";
  if (error === "InvalidToken" && OUT_OF_SCOPE.test(message)) return undefined;
  return status === 401 || error === "ExpiredToken" || error === "InvalidToken" ? "session" : undefined;
}

/** Bluesky names the second when the count starts anew; proxies before it name how many to wait. */
export function toRetryAfterMs(headers: Pick<Headers, "get">, clock: Clock): number | undefined {
  const seconds = Number(headers.get("Retry-After") ?? Number.NaN);
  if (seconds >= 0) return seconds * 1000;
  const reset = Number(headers.get("RateLimit-Reset") ?? Number.NaN);
  return Number.isNaN(reset) ? undefined : Math.max(0, reset * 1000 - Date.parse(clock.now()));
}
