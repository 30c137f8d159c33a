import { writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { systemClock } from "../../connector/clock.ts";
import { runCommand } from "../../connector/commands/index.ts";
import type { Config } from "../../connector/config.ts";
import { toVisit } from "../../connector/wire/visit.ts";

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `earshot …`, with the configuration of the connector that runs, as its operator calls it beside it. */
export async function earshot(config: Config, ...args: readonly string[]): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const { file, environment } = writeConfig(config);
  const code = await runCommand([...args, "--config", file], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    draw: () => undefined,
    isTerminal: false,
    user: "operator",
    environment,
    clock: systemClock,
    signal: new AbortController().signal,
    visit: (read) => toVisit(read, systemClock),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** As a file: it is read as any other, so no setting may be one that a file could not have. */
function writeConfig({ clientId, clientSecret, accounts, ...rest }: Config) {
  const file = path.join(path.dirname(rest.journal), "earshot.yaml");
  const secrets = new Map<string, string>();
  const named = accounts.map((account) => {
    if (account.network === "webhook") {
      const { secret, ...settings } = account;
      secrets.set(account.secretEnv, secret);
      return settings;
    }
    if (account.network === "bluesky") {
      const { password, ...settings } = account;
      secrets.set(account.passwordEnv, password);
      return settings;
    }
    const { token, ...settings } = account;
    secrets.set(account.tokenEnv, token);
    return settings;
  });
  const salesforce = { ...rest.salesforce, sweepSeconds: 1 };
  writeFileSync(file, stringify({ ...rest, salesforce, accounts: named }));
  const environment = {
    EARSHOT_SALESFORCE_CLIENT_ID: clientId,
    EARSHOT_SALESFORCE_CLIENT_SECRET: clientSecret,
    ...Object.fromEntries(secrets),
  };
  return { file, environment };
}
