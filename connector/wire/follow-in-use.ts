import type { Unavailable } from "../errors.ts";
import { untilAvailable } from "../flow/retry.ts";
import type { Parts } from "./parts.ts";

const LOOK_MS = 5_000;

/** Another connector reads the rules in the CRM now. */
export function showFollowed({ board, inUse }: Pick<Parts, "board" | "inUse">): void {
  board.set("rules", "up", `set ${inUse.rules().version} is in use, as the connector that reads the CRM keeps it`);
}

/**
 * Where several connectors share the journal, one of them reads the CRM's settings: all take into use what it has kept, within
 * some seconds, until aborted.
 */
export async function followInUse(
  { journal, clock, inUse, telemetry: { log } }: Pick<Parts, "journal" | "clock" | "inUse" | "telemetry">,
  signal: AbortSignal,
  onRules?: () => void,
): Promise<void> {
  if (!journal.isShared) return;
  const onWait = (wait: Unavailable): void => log.info({ err: wait }, "Looking for other settings waits");
  while (!signal.aborted) {
    const before = inUse.rules().version;
    await untilAvailable(clock, signal, () => inUse.refresh(), onWait);
    if (inUse.rules().version !== before) onRules?.();
    await clock.sleep(LOOK_MS, signal);
  }
}
