import { DiskTrouble, Disconnected, Stopped, Unavailable } from "../errors.ts";
import type { GapCause } from "../model/coverage.ts";

/** A feed that ended although nobody asked it to. */
export class Ended extends Unavailable {
  override readonly name = "Ended";
}

/** Why a feed is not heard while it waits for this failure to pass. */
export function toCause(failure: Unavailable): GapCause {
  if (failure instanceof Disconnected) return "token refused";
  if (failure instanceof DiskTrouble) return "disk nearly full";
  if (failure instanceof Ended) return "stream dropped";
  if (failure.retryAfterMs !== undefined && !(failure instanceof Stopped)) return "rate limit";
  return "unreachable";
}
