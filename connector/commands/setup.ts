import type { Config } from "../config.ts";
import type { Finding } from "../crm/crm.ts";
import type { Command, ExitCode, Shell } from "./command.ts";
import { runCheck } from "./doctor/check.ts";
import { examineConfig } from "./doctor/configuration.ts";
import { toOrgCheck } from "./doctor/org.ts";
import { toTeller } from "./doctor/tell.ts";
import { CONFIG_FLAGS, CONFIG_HELP, misunderstood, readConfigOf, readFlags } from "./flags.ts";
import { bringRules } from "./setup/bring-rules.ts";
import { toChoresCheck } from "./setup/chores.ts";

/** What lies between a configuration and the first Case: looked at, done where a program can, told where it cannot. */
export const setup: Command = {
  name: "setup",
  forms: ["", "--reset RULE"],
  summary: "prepares the org: checks it, brings the default rules, and says what is left to people",
  explanation: `Looks at the org step by step, makes those of the default rules that are not there, and lists what people have to do
themselves, in its order and where to click. Run it again after each step: what somebody changed is never overwritten.
Ends with 1 where something is bad.
  --reset RULE      puts one default rule back to what came with Earshot, whatever was made of it
${CONFIG_HELP}`,

  async run(args, shell) {
    const options = { ...CONFIG_FLAGS, reset: { type: "string" } } as const;
    const { values } = readFlags(setup, args, { options });
    if (values.reset !== undefined) return await reset(values.reset, readConfigOf(values, shell.environment), shell);
    const { config, findings } = examineConfig(values, shell.environment);
    findings.forEach(toTeller(shell));
    return config === undefined ? 1 : await prepare(config, shell);
  },
};

async function prepare(config: Config, shell: Shell): Promise<ExitCode> {
  const { clock, signal, out } = shell;
  const tell = toTeller(shell);
  const visit = shell.visit(config);
  const looked = await runCheck(toOrgCheck(visit), clock, signal);
  looked.forEach(tell);
  if (!looked.some(isOpen)) {
    out("\nMend this and run earshot setup again; docs/admins.md leads there step by step.");
    return 1;
  }
  const brought = await runCheck(bringRules(visit), clock, signal);
  brought.forEach(tell);
  const told = await runCheck(toChoresCheck(visit, shell), clock, signal);
  told.forEach(tell);
  return [...looked, ...brought, ...told].some(({ state }) => state === "bad") ? 1 : 0;
}

/** The org let us in and has what we need to work with it at all. */
function isOpen({ what, state }: Finding): boolean {
  return what === "Org" && state === "good";
}

async function reset(name: string, config: Config, shell: Shell): Promise<ExitCode> {
  const visit = shell.visit(config);
  const rule = visit.defaultRules.find((one) => one.name === name);
  if (rule === undefined) {
    const names = visit.defaultRules.map((one) => one.name).join(", ");
    throw misunderstood(setup, `${JSON.stringify(name)} did not come with Earshot. These did: ${names}`);
  }
  await using crm = await visit.crm(shell.signal);
  await crm.restore(rule, shell.signal);
  shell.out(`The rule ${name} is again what came with Earshot. A running connector follows within a minute.`);
  return 0;
}
