/** The other side cannot serve us now (429, 5xx, time-out, expired session). What is in flight waits and is tried again. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
  /** How long the other side asked us to wait, in milliseconds, where it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { cause?: unknown; retryAfterMs?: number | undefined } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Only the operator can mend it: the service stops with this sentence, which names the place and the remedy. */
export class Misconfigured extends Error {
  override readonly name = "Misconfigured";
}
