import type { Config } from "../config.ts";
import type { Finding } from "../crm/crm.ts";
import type { Command, Shell } from "./command.ts";
import { toAccountChecks } from "./doctor/accounts.ts";
import { toCallsCheck } from "./doctor/calls.ts";
import { runCheck, type Check } from "./doctor/check.ts";
import { toClockChecks } from "./doctor/clock.ts";
import { examineConfig } from "./doctor/configuration.ts";
import { toCoverageCheck } from "./doctor/coverage.ts";
import { toJournalCheck } from "./doctor/journal.ts";
import { toOrgCheck } from "./doctor/org.ts";
import { toParkedCheck } from "./doctor/parked.ts";
import { toTeller } from "./doctor/tell.ts";
import { CONFIG_FLAGS, CONFIG_HELP, readFlags } from "./flags.ts";

/** Whether all is as it must be, and what to do where it is not. */
export const doctor: Command = {
  name: "doctor",
  forms: ["[--json]"],
  summary: "looks whether all is as it must be, and says what to do where it is not",
  explanation: `Looks at the configuration, the journal, the org, the accounts, what was heard and what was not, parked entries and the
clock. Changes nothing; works while the connector runs and when it does not. Ends with 1 where something is bad.
${CONFIG_HELP}
  --json            one object of JSON`,

  async run(args, shell) {
    const options = { ...CONFIG_FLAGS, json: { type: "boolean", default: false } } as const;
    const { values } = readFlags(doctor, args, { options });
    const { config, findings: faults } = examineConfig(values, shell.environment);
    const tell = values.json ? (): void => undefined : toTeller(shell);
    const findings = [...faults];
    faults.forEach(tell);
    // All look at once; what they found is told in this order.
    const looking = (config === undefined ? [] : toChecks(config, shell)).map((check) => {
      return runCheck(check, shell.clock, shell.signal);
    });
    for (const found of looking) {
      findings.push(...(await found));
      (await found).forEach(tell);
    }
    const state = toWorst(findings);
    if (values.json) shell.out(JSON.stringify({ state, at: shell.clock.now(), findings }));
    else shell.out(`\n${VERDICTS[state]}`);
    return state === "bad" ? 1 : 0;
  },
};

function toChecks(config: Config, { visit: toVisit, clock }: Shell): readonly Check[] {
  const visit = toVisit(config);
  const leastFreeBytes = config.journalFreeMegabytes * 1024 ** 2;
  return [
    toJournalCheck({ visit, place: config.journal, leastFreeBytes, clock }),
    toOrgCheck(visit),
    toCallsCheck(visit),
    ...toAccountChecks(visit, config),
    toCoverageCheck(visit),
    toParkedCheck(visit),
    ...toClockChecks(config, clock),
  ];
}

const VERDICTS = {
  good: "All is as it must be.",
  doubtful: "It works; see the lines with ?",
  bad: "Something has to be mended: see the lines with ✗",
} as const;

function toWorst(findings: readonly Finding[]): Finding["state"] {
  const states = new Set(findings.map(({ state }) => state));
  if (states.has("bad")) return "bad";
  return states.has("doubtful") ? "doubtful" : "good";
}
