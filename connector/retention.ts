import type { Clock } from "./clock.ts";
import type { Journal, LogName } from "./journal/journal.ts";
import { forgetDoubts } from "./doubts.ts";
import { forgetLedger } from "./ledger.ts";
import { forgetPrints } from "./recorder/former-prints.ts";
import { forgetGone } from "./tombstones.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const LOGS: readonly LogName[] = ["posts", "replies", "changes", "decisions"];
/** A network may deliver again what is this old: keys are remembered longer than what they name. */
const KEYS_LONGER_DAYS = 60;
/** A deletion may come before its post, by another feed; after a day no post will come. */
const UNHEARD_DAYS = 1;
/** A call that was given up may come late; none that is as old as this. */
const DOUBT_DAYS = 1;

/**
 * Forgets what is older than `days`, once an hour until aborted. What has not been handed on yet is never forgotten, and
 * keys are remembered for two months more, so that a late repetition is still known; so are ledger and marks of deletion.
 */
export async function forgetOld(
  { journal, clock, days }: { journal: Journal; clock: Clock; days: number },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const now = Date.parse(clock.now());
    const before = (age: number): string => new Date(now - age * DAY_MS).toISOString();
    const horizon = before(days + KEYS_LONGER_DAYS);
    await forgetGone(journal, { heard: horizon, unheard: before(UNHEARD_DAYS) });
    await forgetDoubts(journal, before(DOUBT_DAYS));
    await forgetPrints(journal, before(days));
    for (const log of LOGS) await journal.trim(log, { values: before(days), keys: horizon });
    await forgetLedger(journal, horizon);
    await clock.sleep(HOUR_MS, signal);
  }
}
