import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import nodeFlags from "../bin/node-flags.json" with { type: "json" };
import { FolderTaken } from "../sandbox/hold-folder.ts";
import { openSandbox, type Sandbox } from "../sandbox/index.ts";
import { playSamples } from "../sandbox/samples/play.ts";

const USAGE = `Usage: npm start -- [--port N] [--data DIR] [--namespace NAME] [--no-samples] [--json]

Runs Earshot with nothing else needed: a sandbox org with its console, a sandbox network, and the connector between them.
  --port N       console and org; the network is at N+10, the org's events at N+11, the connector at N+20, its webhooks at N+21 (default 4300)
  --data DIR     where all state lives; a second start goes on where the first stopped (default .earshot)
  --namespace NAME
                 Earshot as a managed package with this namespace; the default for --data is then .earshot/NAME
  --no-samples   nobody posts anything by itself
  --json         when ready, print one line of JSON instead of the words`;

/** Like the sandbox's other secrets it guards nothing: whoever reaches this machine may be anybody here. */
const WEBHOOK_SECRET = `whsec_${Buffer.from("earshot-sandbox-webhook-secret..").toString("base64")}`;

const MAIN = path.resolve(import.meta.dirname, "../bin/earshot.js");

interface Flags {
  readonly port: number;
  readonly data: string;
  /** Of the package; empty for none. */
  readonly namespace: string;
  readonly samples: boolean;
  readonly json: boolean;
}

class UsageError extends Error {}

function readFlags(): Flags | undefined {
  const { values } = parse();
  if (values.help) return undefined;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_514)
    throw new UsageError(`--port takes a number from 1 to 65514, not ${values.port}`);
  const { namespace, json } = values;
  if (!/^([A-Za-z]\w{0,14})?$/.test(namespace) || /_$|__/.test(namespace))
    throw new UsageError(`--namespace takes up to 15 letters and digits that begin with a letter, not ${namespace}`);
  const data = path.resolve(values.data ?? path.join(".earshot", namespace));
  return { port, data, namespace, samples: !values["no-samples"], json };
}

function parse() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: "4300" },
        data: { type: "string" },
        namespace: { type: "string", default: "" },
        "no-samples": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`--data: ${folder} cannot be a folder (${String(error)})`);
  }
}

/** The connector's configuration, as an operator would write it. */
function writeConfig({ data, port, namespace }: Flags, { orgUrl, networkUrl, eventsEndpoint, org }: Sandbox): string {
  const file = path.join(data, "earshot.yaml");
  const handles = ["Contact", "Lead"].map((object) => ({ network: "mastodon", object, field: "Mastodon__c" }));
  const config = {
    journal: "journal.db",
    http: { port: port + 20 },
    webhooks: { port: port + 21 },
    salesforce: {
      loginUrl: orgUrl,
      orgId: org.organizationId,
      namespace,
      events: eventsEndpoint === undefined ? { endpoint: "off" } : { endpoint: eventsEndpoint, insecure: true },
      sweepSeconds: 2,
      handles,
    },
    accounts: [
      { network: "mastodon", url: networkUrl, tokenEnv: "EARSHOT_MASTODON_TOKEN", words: ["nordwind"] },
      { network: "webhook", name: "shop", secretEnv: "EARSHOT_WEBHOOK_SHOP", label: "Nordwind" },
    ],
  };
  writeFileSync(file, `# Written at every start of the sandbox.\n${stringify(config)}`);
  return file;
}

/** Beside it, so that every command of `earshot` can be tried on the sandbox. */
function writeSecrets({ data }: Flags, { company }: Sandbox): string {
  const file = path.join(data, "earshot.env");
  const secrets = {
    EARSHOT_SALESFORCE_CLIENT_ID: "sandbox",
    EARSHOT_SALESFORCE_CLIENT_SECRET: "sandbox",
    EARSHOT_MASTODON_TOKEN: company.token,
    EARSHOT_WEBHOOK_SHOP: WEBHOOK_SECRET,
  };
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(file, `# Written at every start of the sandbox.\n${lines.join("")}`, { mode: 0o600 });
  return file;
}

function startConnector({ data }: Flags, config: string, secrets: string): ChildProcess {
  const log = openSync(path.join(data, "connector.log"), "a");
  return fork(MAIN, ["start", "--config", config, "--secrets", secrets], {
    execArgv: nodeFlags,
    stdio: ["ignore", log, "inherit", "ipc"],
  });
}

/** What an admin does once: from then on the default rules stand in the org, where people change them. */
async function setUp({ data }: Flags, config: string, secrets: string, signal: AbortSignal): Promise<void> {
  const log = openSync(path.join(data, "setup.log"), "a");
  const setup = fork(MAIN, ["setup", "--config", config, "--secrets", secrets], {
    execArgv: nodeFlags,
    stdio: ["ignore", log, log, "ipc"],
    signal,
  });
  await once(setup, "exit").catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

function announce({ json, port, data, samples }: Flags, { orgUrl, networkUrl, company }: Sandbox): void {
  const connector = `http://localhost:${port + 20}`;
  const handle = `@${company.handle}`;
  const near = path.relative("", data) || ".";
  const shown = near.startsWith("..") ? data : near;
  if (json) {
    console.log(JSON.stringify({ console: orgUrl, org: orgUrl, network: networkUrl, connector, company: handle }));
    return;
  }
  console.log(`
Earshot is listening.

  console    ${orgUrl}    what a service rep sees
  network    ${networkUrl}    post here as a customer: "${handle} my bag never arrived"
  connector  ${connector}/ready    /health and /metrics beside it

${samples ? "Sample customers begin to post; the first Cases stand in the console in a moment.\n" : ""}State and the connector's log lie in ${data}. Ctrl-C ends it.
Look at it from another terminal: npx earshot doctor --config ${shown}/earshot.yaml --secrets ${shown}/earshot.env`);
}

async function main(): Promise<number> {
  const flags = readFlags();
  if (flags === undefined) {
    console.log(USAGE);
    return 0;
  }
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  makeFolder(flags.data);
  if (!flags.json) console.log("Opening the sandbox (the first time the console is built, which takes some seconds) …");
  await using sandbox = await openSandbox({
    dir: flags.data,
    port: flags.port,
    networkPort: flags.port + 10,
    eventsPort: flags.port + 11,
    namespace: flags.namespace,
    console: true,
  });
  const [config, secrets] = [writeConfig(flags, sandbox), writeSecrets(flags, sandbox)];
  if (!existsSync(path.join(flags.data, "journal.db"))) await setUp(flags, config, secrets, stop.signal);
  const connector = startConnector(flags, config, secrets);
  const ended = once(connector, "exit").then(([code]) => Number(code ?? 1));
  connector.once("message", () => announce(flags, sandbox));
  const samples = flags.samples
    ? once(connector, "message", { signal: stop.signal }).then(() =>
        playSamples({ networkUrl: sandbox.networkUrl, dir: flags.data, signal: stop.signal }),
      )
    : Promise.resolve();
  samples.catch((error: unknown) => {
    if (!stop.signal.aborted) console.error("The sample customers fell silent:", error);
  });
  const stopped = once(stop.signal, "abort").then(() => {
    if (connector.connected) connector.disconnect();
    return ended;
  });
  const code = await Promise.race([ended, stopped]);
  if (!stop.signal.aborted) console.error(`The connector ended by itself; ${flags.data}/connector.log may say why.`);
  stop.abort();
  return code;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`);
    else if (error instanceof FolderTaken) console.error(error.message);
    else
      console.error(
        isPortTaken(error) ? "A port is taken: is another Earshot running? Choose others with --port N." : error,
      );
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
