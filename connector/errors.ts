/** The other side cannot serve us now (429, 5xx, time-out, expired session). What is in flight waits and is tried again. */
export class Unavailable extends Error {
  override readonly name: string = "Unavailable";
  /** How long the other side asked us to wait, in milliseconds, where it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { cause?: unknown; retryAfterMs?: number | undefined } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}

/**
 * The other side refuses everything, for one reason: somebody has to mend that. What is in flight waits, as it does for
 * `Unavailable`, and goes on by itself; the message says what is refused, for the operator.
 */
export class Stopped extends Unavailable {
  override readonly name = "Stopped";
}

/** Only the operator can mend it: the service stops with this sentence, which names the place and the remedy. */
export class Misconfigured extends Error {
  override readonly name = "Misconfigured";
}
