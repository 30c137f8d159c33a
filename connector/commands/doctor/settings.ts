import type { Crm, Finding } from "../../crm/crm.ts";
import type { OrgSettings } from "../../model/settings.ts";
import { judgeSettings } from "../../wire/judge-settings.ts";
import { doubtful, good } from "./check.ts";

const REMEDY = "Mend it on its page in the CRM, or switch it off; the connector takes it into use within a minute";

/** Whether the rules and listeners that coordinators keep can be used. Whose accounts they name is not looked at. */
export async function examineSettings(
  crm: Pick<Crm, "kept">,
  { queues }: OrgSettings,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const kept = await crm.kept(signal);
  const { remarks } = judgeSettings(kept, { queues, hearers: {}, before: [] });
  const nameOf = new Map([...kept.rules, ...kept.listeners].map(({ id, name }) => [id, name]));
  const broken = remarks.filter(({ state }) => state === "Broken");
  const faults = broken.map(({ on, id, detail }) => {
    return doubtful(`${on === "rule" ? "Rule" : "Listener"} ${nameOf.get(id) ?? id}`, detail, REMEDY);
  });
  const [rules, listeners] = [kept.rules, kept.listeners].map((rows) => rows.filter(({ active }) => active).length);
  const sets =
    rules === 0 ? "There are no active rules: the default ones are in use" : `${rules ?? 0} rules are active`;
  return faults.length > 0 ? faults : [good("Rules and listeners", `${sets}; ${listeners ?? 0} listeners are active`)];
}
