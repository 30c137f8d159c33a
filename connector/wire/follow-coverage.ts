import type { Unavailable } from "../errors.ts";
import { untilAvailable } from "../flow/retry.ts";
import type { Parts } from "./parts.ts";

const LOOK_MS = 15_000;

/** Where several connectors share the journal, each knows and shows what all have heard and missed; until aborted. */
export async function followCoverage(
  {
    journal,
    clock,
    coverage,
    sources,
    telemetry: { log },
  }: Pick<Parts, "journal" | "clock" | "coverage" | "sources" | "telemetry">,
  signal: AbortSignal,
): Promise<void> {
  if (!journal.isShared) return;
  const onWait = (wait: Unavailable): void => log.info({ err: wait }, "Looking for what others heard waits");
  while (!signal.aborted) {
    for (const { account } of sources.values()) coverage.meet(account);
    await untilAvailable(clock, signal, () => coverage.refresh(), onWait);
    await clock.sleep(LOOK_MS, signal);
  }
}
