import { Unavailable } from "../../errors.ts";

/** The network understood us and says no. The message may be the network's own words: never for the log. */
export class Declined extends Error {
  override readonly name = "Declined";
  /** HTTP's. */
  readonly status: number;
  /** The network's own stable name for why, where it has such names; else empty. */
  readonly error: string;

  constructor(status: number, message: string, error = "") {
    super(message);
    this.status = status;
    this.error = error;
  }
}

/** It asks us to slow down (429). */
export class Busy extends Unavailable {}

/** A page where JSON was due: a proxy in between, or no such network at this address. */
export class Unreadable extends Unavailable {}
