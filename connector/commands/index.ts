import { Misconfigured } from "../errors.ts";
import { backup } from "./backup.ts";
import { certificate } from "./certificate.ts";
import type { Command, ExitCode, Shell } from "./command.ts";
import { coverage } from "./coverage.ts";
import { doctor } from "./doctor.ts";
import { toUsage } from "./flags.ts";
import { importFile } from "./import.ts";
import { migrateJournal } from "./migrate-journal.ts";
import { parked } from "./parked.ts";
import { setup } from "./setup.ts";
import { start } from "./start.ts";

const commands: readonly Command[] = [
  start,
  setup,
  doctor,
  importFile,
  parked,
  certificate,
  coverage,
  backup,
  migrateJournal,
];

const HELP = "--help";

/** Runs the command that the first word names. Throws `Misconfigured` with the usage where none or another is named. */
export async function runCommand(args: readonly string[], shell: Shell): Promise<ExitCode> {
  const [name, ...rest] = args;
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    const doubt = name === undefined ? "what is to be done?" : `there is no command ${JSON.stringify(name)}`;
    if (name !== HELP) throw new Misconfigured(`${doubt}\n\n${toOverview()}`);
    shell.out(toOverview());
    return 0;
  }
  if (!rest.includes(HELP)) return await command.run(rest, shell);
  shell.out(toUsage(command));
  return 0;
}

function toOverview(): string {
  const lines = commands.flatMap(({ name, forms }) => forms.map((form) => `earshot ${name} ${form}`.trimEnd()));
  const width = Math.max(...commands.map(({ name }) => name.length));
  const summaries = commands.map(({ name, summary }) => `  ${name.padEnd(width)}   ${summary}`);
  return `Usage: ${lines.join("\n       ")}\n\n${summaries.join("\n")}\n\nEach takes --config FILE and --secrets FILE; earshot COMMAND --help says more.`;
}
