import { Unavailable } from "../errors.ts";
import { untilAvailable } from "../flow/retry.ts";
import { DELIVERIES, type Hook } from "./hook.ts";
import type { Parts } from "./parts.ts";

const ROUND_MS = 60_000;

/** Opens a gap when nothing came for longer than the settings allow, and sees that it ends; until aborted. */
export async function watchSilence(
  parts: Parts,
  { settings, account, deliveries }: Hook,
  signal: AbortSignal,
): Promise<void> {
  const { clock, board, reporter } = parts;
  const { silentMinutes } = settings;
  if (silentMinutes === undefined) return;
  const part = `webhook ${settings.name} (${DELIVERIES})`;
  const detail = `No delivery came for ${silentMinutes} minutes: look at the sending system.`;
  const beganMs = Date.parse(clock.now());
  try {
    while (!signal.aborted) {
      if (deliveries.notedWithinMs > 0) await untilAvailable(clock, signal, () => deliveries.refresh());
      const lastMs = deliveries.lastAt === undefined ? beganMs : Date.parse(deliveries.lastAt);
      const isSilent = Date.parse(clock.now()) - lastMs >= silentMinutes * 60_000 + deliveries.notedWithinMs;
      if (isSilent) {
        await untilAvailable(clock, signal, () => deliveries.silent(detail));
        reporter.waits(account, DELIVERIES, new Unavailable(detail));
      }
      // It is the other side that stands still: we are ready.
      board.set(part, "up", isSilent ? detail : "");
      await clock.sleep(ROUND_MS, signal);
    }
  } finally {
    board.drop(part);
  }
}
