import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { ExitCode, Shell } from "../../connector/commands/command.ts";
import { runCommand } from "../../connector/commands/index.ts";
import type { Config } from "../../connector/config.ts";
import type { Crm } from "../../connector/crm/crm.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";
import type { Journal } from "../../connector/journal/journal.ts";
import type { Source } from "../../connector/sources/source.ts";
import { toVisit, type Visit } from "../../connector/wire/visit.ts";
import { openDirectory } from "./directory.ts";
import { manualClock, type ManualClock } from "./manual-clock.ts";

export interface Ended {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** A terminal in a folder of its own, with a configuration and a journal, and a CRM and a network that a test plays. */
export interface TestShell extends AsyncDisposable {
  readonly clock: ManualClock;
  readonly folder: string;
  readonly configFile: string;
  readonly journalFile: string;
  readonly environment: Record<string, string>;
  /** What the other sides say; a test changes it. */
  readonly crm: Partial<Crm>;
  readonly source: Partial<Source>;
  /** What a test puts in the place of what a command opens. */
  readonly visit: Partial<Visit>;
  /** `earshot …` */
  run(...args: readonly string[]): Promise<Ended>;
  /** As the connector has it: while it is open, a connector runs. */
  openJournal(): Promise<Journal>;
}

const SETTINGS = { queues: new Map<string, string>(), reopenedStatus: "New", completedTaskStatus: "Completed" };

export async function openTestShell(clock: ManualClock = manualClock()): Promise<TestShell> {
  const directory = await openDirectory();
  const configFile = join(directory.path, "earshot.yaml");
  const journalFile = join(directory.path, "journal.db");
  writeFileSync(
    configFile,
    stringify({
      journal: "journal.db",
      salesforce: { loginUrl: "https://example.my.salesforce.com" },
      accounts: [{ network: "mastodon", url: "https://social.example", tokenEnv: "EARSHOT_MASTODON_TOKEN" }],
    }),
  );
  const environment = {
    EARSHOT_SALESFORCE_CLIENT_ID: "the-client-id",
    EARSHOT_SALESFORCE_CLIENT_SECRET: "the-client-secret",
    EARSHOT_MASTODON_TOKEN: "the-token",
  };
  const crm: Partial<Crm> = {
    settings: () => Promise.resolve({ ...SETTINGS, orgId: "00D000000000001AAA" }),
    examine: () => Promise.resolve([{ what: "Package", state: "good", detail: "Version 0.1", remedy: "" }]),
    kept: () => Promise.resolve({ listeners: [], rules: [] }),
    inspect: () => Promise.resolve([]),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const source: Partial<Source & AsyncDisposable> = {
    network: "test",
    account: {
      key: "test:social.example/accounts/nordwind",
      network: "test",
      handle: "nordwind@social.example",
      mode: "engage",
      textLimit: 500,
      urlLength: 23,
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const visit: Partial<Visit> = {};
  const toTestVisit = (config: Config): Visit => ({
    ...toVisit(config, clock),
    crm: () => Promise.resolve(crm as Crm),
    source: () => Promise.resolve(source as Source & AsyncDisposable),
    ...visit,
  });
  return {
    clock,
    folder: directory.path,
    configFile,
    journalFile,
    environment,
    crm,
    source,
    visit,
    run: (...args) => run([...args, "--config", configFile], { clock, environment, visit: toTestVisit }),
    openJournal: () => openSqliteJournal({ file: journalFile, clock }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

async function run(
  args: readonly string[],
  surroundings: Pick<Shell, "clock" | "environment" | "visit">,
): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(args, {
    ...surroundings,
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    draw: () => undefined,
    isTerminal: false,
    user: "rita",
    signal: new AbortController().signal,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}
