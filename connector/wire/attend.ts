import type { Unavailable } from "../errors.ts";
import { untilAvailable } from "../flow/retry.ts";
import { sideBySide } from "../flow/side-by-side.ts";
import type { IsoTime } from "../model/glossary.ts";
import { DELIVERIES, type Hook } from "./hook.ts";
import type { Parts } from "./parts.ts";
import { watchSilence } from "./silence.ts";

const ROUND_MS = 60_000;
/** So long nobody may attend while an account goes from one connector to another. */
const AWAY_MS = 3 * 60_000;

/**
 * One connector attends to an account that is told what happens, whichever of them takes the deliveries: it reports when
 * something came last, and sees when nothing does; until aborted.
 */
export async function attend(parts: Parts, hook: Hook, signal: AbortSignal): Promise<void> {
  const { clock, journal, reporter, telemetry } = parts;
  const { account, deliveries } = hook;
  const onWait = (wait: Unavailable): void => telemetry.log.info({ err: wait }, "Attending to a webhook waits");
  if (!journal.isShared) {
    await watchSilence(parts, hook, signal);
    return;
  }
  let told: IsoTime | undefined = "";

  async function look(): Promise<void> {
    const before = await noteAttended(parts, `attended/${account.key}/${DELIVERIES}`);
    if (before !== undefined && Date.parse(clock.now()) - Date.parse(before) > AWAY_MS) await deliveries.stoodStill();
    await deliveries.refresh();
    if (deliveries.lastAt !== told) reporter.heard(account, DELIVERIES, deliveries.lastAt);
    told = deliveries.lastAt;
  }
  async function keepLooking(held: AbortSignal): Promise<void> {
    while (!held.aborted) {
      await untilAvailable(clock, held, look, onWait);
      await clock.sleep(ROUND_MS, held);
    }
  }
  await sideBySide([keepLooking, (held) => watchSilence(parts, hook, held)], signal);
}

/** When somebody attended last, before now; undefined: nobody ever did. */
async function noteAttended(
  { journal, clock }: Pick<Parts, "journal" | "clock">,
  key: string,
): Promise<IsoTime | undefined> {
  const doc = await journal.get(key);
  // Lost to another: that one attends.
  await journal.put(key, clock.now(), doc?.revision ?? 0);
  return doc?.value;
}
