import { resolve } from "node:path";
import { readEnvironment, type Environment } from "../config.ts";
import { isOnServer, toJournalFault } from "../config/journal-place.ts";
import { openCopy, openOriginal, type JournalPlace } from "../wire/copying.ts";
import type { Command, ExitCode, Shell } from "./command.ts";
import { CONFIG_FLAGS, CONFIG_HELP, misunderstood, readConfigOf, readFlags } from "./flags.ts";
import { carry, tellWaits, toTally } from "./migrate-journal/carry.ts";
import { toCount } from "./words.ts";

const MOST_PARTITIONS = 1024;

/** Moves the journal, or divides it otherwise. */
export const migrateJournal: Command = {
  name: "migrate-journal",
  forms: ["--to PLACE [--from PLACE] [--partitions N]"],
  summary: "copies the journal to another place, with another number of partitions if need be",
  explanation: `Copies the journal of the configuration, reads the copy again, and says what to write into the configuration. No connector
may run meanwhile. The journal itself is left as it is. May be stopped at any time: called again, it goes on from there.
  --to PLACE        a file that is not there yet, or postgres://user@host:5432/database?schema=NAME with no journal in it
  --from PLACE      another journal than that of the configuration, such as a backup
  --partitions N    how many partitions the copy has, 1 to ${MOST_PARTITIONS}; left out: as many as the journal
Passwords of PostgreSQL come from the environment: EARSHOT_JOURNAL_PASSWORD, and EARSHOT_TARGET_PASSWORD where that of
--to is another one.
${CONFIG_HELP}`,

  async run(args, shell) {
    const places = { to: { type: "string" }, from: { type: "string" }, partitions: { type: "string" } } as const;
    const { values } = readFlags(migrateJournal, args, { options: { ...CONFIG_FLAGS, ...places } });
    if (values.to === undefined) throw misunderstood(migrateJournal, "where to? --to is missing");
    const environment = readEnvironment(values.secrets, shell.environment);
    const to = toPlace(values.to, environment["EARSHOT_TARGET_PASSWORD"] ?? environment["EARSHOT_JOURNAL_PASSWORD"]);
    const from = values.from === undefined ? toConfigured(values, shell.environment) : toFrom(values.from, environment);
    if (from.journal === to.journal)
      throw misunderstood(migrateJournal, "--to is the journal itself: name another place");
    const partitions = toNumber(values.partitions);
    return await tellWaits(() => migrate({ from, to, partitions }, shell), shell);
  },
};

interface Way {
  readonly from: JournalPlace;
  readonly to: JournalPlace;
  /** undefined: as many as before. */
  readonly partitions: number | undefined;
}

async function migrate({ from, to, ...way }: Way, shell: Shell): Promise<ExitCode> {
  const { clock } = shell;
  await using original = await openOriginal(from, { alone: true, clock });
  await using copy = await openCopy(to, clock);
  const { partitions = original.partitions } = way;
  const again = () => openOriginal(from, { alone: false, clock });
  const copied = await carry({ original, copy, partitions, again }, shell);
  if (copied === undefined) return 1;
  const what = `${toTally(copied)} of ${original.place}`;
  shell.out(`${what} are in ${copy.place} now, in ${toCount(partitions, "partition")}, read again and whole.`);
  shell.out(`Write into the configuration:\n\n  journal: ${to.journal}\n`);
  shell.out(
    `${original.place} stands as it was. Start no connector on it any more, and delete it as you delete backups.`,
  );
  return 0;
}

type ConfigFlags = Parameters<typeof readConfigOf>[0];

function toConfigured(flags: ConfigFlags, environment: Environment): JournalPlace {
  const { journal, journalPassword: password } = readConfigOf(flags, environment);
  return { journal, password };
}

function toFrom(place: string, environment: Environment): JournalPlace {
  return toPlace(place, environment["EARSHOT_JOURNAL_PASSWORD"]);
}

function toPlace(place: string, password: string | undefined): JournalPlace {
  const fault = toJournalFault(place);
  if (fault !== undefined) throw misunderstood(migrateJournal, `${place.replace(/:\/\/.*/u, "://…")}: ${fault}`);
  return isOnServer(place) ? { journal: place, password } : { journal: resolve(place) };
}

function toNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,4}$/u.test(text) || Number(text) < 1 || Number(text) > MOST_PARTITIONS)
    throw misunderstood(migrateJournal, `--partitions takes a whole number from 1 to ${MOST_PARTITIONS}, not ${text}`);
  return Number(text);
}
