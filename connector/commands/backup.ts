import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Config } from "../config.ts";
import { isOnServer } from "../config/journal-place.ts";
import { openCopy, openOriginal } from "../wire/copying.ts";
import type { Command, ExitCode, Shell } from "./command.ts";
import { CONFIG_FLAGS, CONFIG_HELP, misunderstood, readConfigOf, readFlags } from "./flags.ts";
import { carry, tellWaits, toTally } from "./migrate-journal/carry.ts";
import { toSize } from "./words.ts";

/** A copy of the journal to keep. */
export const backup: Command = {
  name: "backup",
  forms: ["FILE"],
  summary: "copies the journal into a file, while the connector runs",
  explanation: `FILE becomes a journal by itself, as the configured one stood when the command began. The connector may run meanwhile or
not. It is read again before it gets its name. To restore it, see docs/operating.md.
${CONFIG_HELP}`,

  async run(args, shell) {
    const { values, positionals } = readFlags(backup, args, { options: CONFIG_FLAGS, words: 1 });
    const [file] = positionals;
    if (file === undefined) throw misunderstood(backup, "FILE is missing");
    if (isOnServer(file)) throw misunderstood(backup, "a backup is a file; earshot migrate-journal copies to a server");
    const config = readConfigOf(values, shell.environment);
    return await tellWaits(() => copyTo(resolve(file), config, shell), shell);
  },
};

async function copyTo(
  file: string,
  { journal, journalPassword: password, backupDays }: Config,
  shell: Shell,
): Promise<ExitCode> {
  const { clock } = shell;
  await using original = await openOriginal({ journal, password }, { alone: false, clock });
  await using copy = await openCopy({ journal: file }, clock);
  const copied = await carry({ original, copy, partitions: original.partitions }, shell);
  if (copied === undefined) return 1;
  const { size } = await stat(file);
  shell.out(`${file} (${toSize(size)}) holds ${toTally(copied)} of ${original.place}, read again and whole.`);
  shell.out(`It holds what customers wrote: delete it after ${backupDays} days (backupDays).`);
  return 0;
}
