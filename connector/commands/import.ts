import { stat } from "node:fs/promises";
import type { Config, WebhookConfig } from "../config.ts";
import { Misconfigured } from "../errors.ts";
import type { Command } from "./command.ts";
import { CONFIG_FLAGS, CONFIG_HELP, misunderstood, readConfigOf, readFlags } from "./flags.ts";
import { carryIn } from "./import/carry-in.ts";
import { toCount } from "./words.ts";

/** The past of an account of the network webhook, or what a silence left out. */
export const importFile: Command = {
  name: "import",
  forms: ["FILE [--account NAME] [--config FILE]"],
  summary: "takes in a file of events, as if a webhook had brought them",
  explanation: `FILE holds one event in each line, as JSON, or is a table (CSV) whose first line names the columns; docs/webhooks.md
shows both. It may be repeated: nothing is doubled. It works while the connector runs, and while it stands still.
Lines that cannot be taken are told, and written to FILE.refused.jsonl; then the exit code is 1.
  --account NAME    the account of the network webhook; may be left out where there is one
${CONFIG_HELP}`,

  async run(args, shell) {
    const options = { ...CONFIG_FLAGS, account: { type: "string" } } as const;
    const { values, positionals } = readFlags(importFile, args, { options, words: 1 });
    const [file] = positionals;
    if (file === undefined) throw misunderstood(importFile, "FILE is missing");
    const config = readConfigOf(values, shell.environment);
    const account = toAccount(config, values.account);
    const size = await toSize(file);
    const visit = shell.visit(config);
    await using journal = await visit.journal();
    const done = await carryIn({ file, size, account, journal, shell });
    const told = `${toCount(done.taken, "event")} of ${file} taken, ${toCount(done.refused, "line")} refused.`;
    shell.out((await visit.isRunning()) ? told : `${told} They are handed on when the connector starts.`);
    return done.refused === 0 && done.isWhole ? 0 : 1;
  },
};

function toAccount({ accounts }: Config, name: string | undefined): WebhookConfig {
  const webhooks = accounts.filter((account) => account.network === "webhook");
  const found = name === undefined ? webhooks : webhooks.filter((account) => account.name === name);
  if (found[0] !== undefined && found.length === 1) return found[0];
  const names = webhooks.map((account) => account.name).join(", ");
  throw new Misconfigured(
    webhooks.length === 0
      ? "accounts: there is none of the network webhook. Add one: docs/webhooks.md shows how"
      : `--account takes one of ${names}`,
  );
}

async function toSize(file: string): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    throw new Misconfigured(`${file} cannot be read: name a file that is there`, { cause: error });
  });
  if (!found.isFile()) throw new Misconfigured(`${file} is no file`);
  return found.size;
}
