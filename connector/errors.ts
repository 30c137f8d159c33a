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

/**
 * The network refuses our credentials: this account stands still until somebody gives it new ones, everything else runs on,
 * and nothing that was heard is lost. The message says what is refused, `remedy` the way back.
 */
export class Disconnected extends Stopped {
  readonly remedy: string;

  constructor(message: string, options: { cause?: unknown; retryAfterMs?: number | undefined; remedy: string }) {
    super(message, options);
    this.remedy = options.remedy;
  }
}

/** The disk that holds the journal takes no more now: what is heard waits where it is until there is room. */
export class DiskTrouble extends Unavailable {
  override readonly name = "DiskTrouble";
}

/** The CRM refuses a row of this entry for good, by a rule of its own: the entry is parked with what the CRM says. */
export class Declined extends Error {
  override readonly name = "Declined";
  /** The CRM's code for it. */
  readonly reason: string;

  constructor({ reason, detail }: { readonly reason: string; readonly detail: string }) {
    super(detail);
    this.reason = reason;
  }
}

/** Another connector has taken this part of the work over: whoever meets this stops at once and touches nothing more of it. */
export class Taken extends Error {
  override readonly name = "Taken";
}

/** A delivery that is not taken: not signed, too late, too large, not understood. The message may be told to the sender. */
export class Refused extends Error {
  override readonly name = "Refused";
  /** The HTTP status of the answer. */
  readonly status: 400 | 401 | 413;

  constructor(status: 400 | 401 | 413, message: string) {
    super(message);
    this.status = status;
  }
}

/** Only the operator can mend it: the service stops with this sentence, which names the place and the remedy. */
export class Misconfigured extends Error {
  override readonly name = "Misconfigured";
}
