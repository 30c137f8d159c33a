import { createRestAPIClient, MastoHttpError } from "masto";
import type { mastodon } from "masto";
import type { Clock } from "../../clock.ts";
import { Unavailable } from "../../errors.ts";

const TIME_OUT_MS = 30_000;

/** The network understood us and says no: `status` is HTTP's, `message` the network's own words. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The network takes the token no longer, or never took it. What waits is kept until there is a valid one. */
export class TokenRefused extends Unavailable {}

/**
 * One question to the network. Throws `Unavailable` when it cannot answer now (no connection, time-out, 429, 5xx, a token
 * that it no longer takes), `Refused` when the answer is no, and the signal's reason when aborted.
 */
export type Ask = <T>(signal: AbortSignal, question: (rest: mastodon.rest.Client) => PromiseLike<T>) => Promise<T>;

/** The client's lists take no signal of their own, so every question has a client that carries it. */
export function openClient(options: { url: string; token: string; clock: Clock }): Ask {
  return async (signal, question) => {
    const rest = createRestAPIClient({
      url: options.url,
      accessToken: options.token,
      timeout: TIME_OUT_MS,
      requestInit: { signal },
      log: "error",
    });
    try {
      return await question(rest);
    } catch (error) {
      signal.throwIfAborted();
      throw toFailure(error, options.clock);
    }
  };
}

/** The only place where an answer of the network becomes an error of ours. */
function toFailure(error: unknown, clock: Clock): Error {
  if (!(error instanceof MastoHttpError)) return new Unavailable("The network does not answer", { cause: error });
  const status = error.statusCode;
  if (status === 401)
    return new TokenRefused("The network no longer accepts the token of our account", { cause: error });
  if (status === 429) {
    const retryAfterMs = toRetryAfterMs(error.cause, clock);
    return new Unavailable("The network asks us to slow down", { cause: error, retryAfterMs });
  }
  if (status === 408 || status >= 500) return new Unavailable(`The network fails with ${status}`, { cause: error });
  return new Refused(status, error.message);
}

/** Mastodon names the instant when the count starts anew; proxies before it name seconds. */
function toRetryAfterMs(response: unknown, clock: Clock): number | undefined {
  if (!(response instanceof Response)) return undefined;
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  if (seconds >= 0) return seconds * 1000;
  const reset = Date.parse(response.headers.get("X-RateLimit-Reset") ?? "");
  return Number.isNaN(reset) ? undefined : Math.max(0, reset - Date.parse(clock.now()));
}
