import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import nodeFlags from "../../bin/node-flags.json" with { type: "json" };
import type { Connector, World } from "./world.ts";

const BIN = path.join(import.meta.dirname, "../../bin/earshot.js");

/** A connector in a process of its own, as an operator starts it. */
export interface ReplicaChild extends Pick<Connector, "url">, AsyncDisposable {
  readonly process: { kill(signal: "SIGSTOP" | "SIGCONT" | "SIGKILL"): boolean };
}

export interface ReplicaChildOptions {
  readonly world: World;
  readonly name: string;
  /** With its password. */
  readonly journal: string;
  /** Its lines to the CRM and to the network. */
  readonly orgUrl: string;
  readonly networkUrl: string;
}

/** As long as `url` is empty it does not listen there yet. */
export function startReplica({ world, name, journal, ...lines }: ReplicaChildOptions): ReplicaChild {
  const { salesforce, accounts, clientId, clientSecret } = world.config;
  const dir = path.dirname(world.config.journal);
  const [file, log] = [path.join(dir, `${name}.yaml`), path.join(dir, `${name}.log`)];
  const place = new URL(journal);
  const { password } = place;
  place.password = "";
  const [account] = accounts;
  if (account?.network !== "mastodon") throw new Error("The world has no account");
  const { token, ...ours } = account;
  const settings = {
    journal: place.href,
    http: { port: 0 },
    salesforce: { ...salesforce, loginUrl: lines.orgUrl, sweepSeconds: 1 },
    accounts: [{ ...ours, url: lines.networkUrl }],
  };
  writeFileSync(file, stringify(settings));
  const output = openSync(log, "a");
  const child = spawn(process.execPath, [...nodeFlags, BIN, "start", "--config", file], {
    stdio: ["ignore", output, output],
    env: {
      PATH: process.env["PATH"],
      EARSHOT_JOURNAL_PASSWORD: password,
      EARSHOT_SALESFORCE_CLIENT_ID: clientId,
      EARSHOT_SALESFORCE_CLIENT_SECRET: clientSecret,
      [ours.tokenEnv]: token,
    },
  });
  const ended = once(child, "exit");
  return {
    process: child,
    get url() {
      return /"url":"([^"]+)"/.exec(readFileSync(log, "utf8"))?.[1] ?? "";
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
