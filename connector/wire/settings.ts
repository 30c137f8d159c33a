import type { Crm } from "../crm/crm.ts";
import { Misconfigured, Unavailable } from "../errors.ts";
import { untilAvailable } from "../flow/retry.ts";
import type { KeptSettings, Remark } from "../model/settings.ts";
import { readHearers } from "./hearers.ts";
import type { Seen } from "./in-use.ts";
import { judgeSettings, type Judged } from "./judge-settings.ts";
import type { Parts } from "./parts.ts";

type Settled = Pick<Parts, "config" | "telemetry" | "clock" | "journal" | "board" | "inUse" | "settingsBell">;
type SettingsCrm = Pick<Crm, "settings" | "kept" | "remark">;

/** What mends a row may lie outside of it, such as a queue that is made, or whatever holds a lock on it. */
const AGAIN_MS = 10 * 60_000;

/**
 * Reads what coordinators keep, takes what is good into use and says on the rows what became of them: two calls, and one more
 * where there is something to say. Answers whether to look again by itself: something is broken, or could not be said now.
 */
export async function readSettings(parts: Settled, crm: SettingsCrm, signal: AbortSignal): Promise<boolean> {
  const { config, journal, inUse } = parts;
  const seen = await inUse.refresh();
  const { queues } = await crm.settings(signal);
  const kept = await crm.kept(signal);
  const hearers = await readHearers(journal, config.accounts);
  const judged = judgeSettings(kept, { queues, hearers, before: inUse.listeners() });
  await take(parts, judged, seen);
  show(parts, kept, judged.remarks);
  const isSaid = await say(parts, crm, judged.remarks, signal);
  return !isSaid || judged.remarks.some(({ state }) => state === "Broken");
}

/** Does so whenever the bell says that something may have changed, until aborted. */
export async function keepSettings(
  parts: Settled,
  crm: SettingsCrm,
  mustLookAgain: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { board, clock, settingsBell } = parts;
  signal.addEventListener("abort", () => settingsBell.ring(), { once: true });
  let looksAgain = mustLookAgain;
  for (;;) {
    await settingsBell.wait(looksAgain ? AGAIN_MS : undefined);
    if (signal.aborted) return;
    const onWait = (wait: Unavailable): void => board.set("crm", "waiting", wait.message);
    looksAgain = await untilAvailable(clock, signal, () => readSettings(parts, crm, signal), onWait);
    board.set("crm", "up");
  }
}

async function take({ inUse, telemetry: { log } }: Settled, { rules, listeners }: Judged, seen: Seen): Promise<void> {
  if (rules !== undefined && (await inUse.useRules(rules.set, rules.rows, seen)))
    log.info({ set: rules.set.version, rules: rules.rows.length }, "Other rules are in use");
  if (await inUse.useListeners(listeners, seen))
    log.info({ listeners: listeners.length }, "Other listeners are in use");
}

/** A row that cannot be written on holds up nothing: what is in use is in use. False: it is worth another try. */
async function say(
  { telemetry: { log } }: Settled,
  crm: SettingsCrm,
  remarks: readonly Remark[],
  signal: AbortSignal,
): Promise<boolean> {
  const broken = remarks.filter(({ state }) => state === "Broken");
  if (broken.length > 0)
    log.warn({ rows: broken.map(({ on, id }) => `${on} ${id}`) }, "Settings in the CRM are broken");
  try {
    await crm.remark(remarks, signal);
    return true;
  } catch (error) {
    if (signal.aborted || error instanceof Misconfigured) throw error;
    log.warn({ err: error }, "The CRM does not take what became of its settings");
    return !(error instanceof Unavailable);
  }
}

function show({ board, inUse }: Settled, kept: KeptSettings, remarks: readonly Remark[]): void {
  const nameOf = new Map([...kept.rules, ...kept.listeners].map(({ id, name }) => [id, name]));
  for (const on of ["rule", "listener"] as const) {
    const broken = remarks.filter((remark) => remark.on === on && remark.state === "Broken");
    const names = broken.map(({ id }) => `"${nameOf.get(id) ?? id}"`).join(", ");
    const set = `set ${inUse.rules().version}`;
    const standing = on === "rule" ? toRulesDetail(kept, set) : `${inUse.listeners().length} in use`;
    const fault = `${names} broken, look there; those before stay in use${on === "rule" ? ` (${set})` : ""}`;
    board.set(`${on}s`, "up", broken.length === 0 ? standing : fault);
  }
}

function toRulesDetail({ rules }: KeptSettings, set: string): string {
  const active = rules.filter(({ active }) => active).length;
  return active === 0 ? `the default rules are in use (${set})` : `${active} in use (${set})`;
}
