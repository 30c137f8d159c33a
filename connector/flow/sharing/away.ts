import { once } from "node:events";
import { Unavailable } from "../../errors.ts";

/** For what may fail while the journal is away, and is then done another time: undefined. Anything else is thrown on. */
export function undefinedIfAway(error: unknown): undefined {
  if (error instanceof Unavailable) return undefined;
  throw error;
}

export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}
