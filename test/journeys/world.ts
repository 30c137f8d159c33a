import path from "node:path";
import { systemClock, type Clock } from "../../connector/clock.ts";
import type { Config } from "../../connector/config.ts";
import { openTelemetry } from "../../connector/telemetry.ts";
import { runConnector } from "../../connector/wire.ts";
import { openSandbox, type Sandbox } from "../../sandbox/index.ts";
import { openDirectory } from "../fakes/directory.ts";
import { openCrmUser, type CrmUser } from "./crm-user.ts";
import { openNetworkUser, type NetworkUser } from "./network-user.ts";
import { waitFor } from "./wait-for.ts";

/** Sandbox, connector and journal, as `npm start` joins them, in one process and on free ports. */
export interface World extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly connector: Connector;
  /** What the connector is started with. */
  readonly config: Config;
  /** Somebody on the network; a new handle gets an account. */
  person(handle: string): Promise<NetworkUser>;
  /** The company's own account, as its owner uses it in the network's app. */
  readonly company: NetworkUser;
  /** Somebody in the org: rita, sam, nora, ada. */
  crmUser(name: string): CrmUser;
}

export interface Connector {
  /** Resolves when every part is up; rejects with what stopped it. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Its address, while it runs; empty as long as it does not listen there yet. */
  readonly url: string;
}

export interface WorldOptions {
  readonly console?: boolean;
  readonly now?: () => number;
  /** The connector's. */
  readonly clock?: Clock;
  /** The longest post that the network takes. */
  readonly textLimit?: number;
  /** Folders of what the customer has added to the org. */
  readonly customer?: readonly string[];
  /** Of the package that Earshot is in the org; empty for none. */
  readonly namespace?: string;
  /** Starts without a connector. */
  readonly stopped?: boolean;
  readonly config?: (config: Config) => Config;
}

export async function openWorld({
  console = false,
  now,
  clock = systemClock,
  textLimit,
  customer = [],
  namespace = "",
  stopped = false,
  config = same,
}: WorldOptions = {}): Promise<World> {
  const directory = await openDirectory();
  const sandbox = await openSandbox({
    dir: directory.path,
    port: 0,
    networkPort: 0,
    customer,
    namespace,
    console,
    ...(now === undefined ? {} : { now }),
    ...(textLimit === undefined ? {} : { textLimit }),
  });
  const toOwnConfig = (): Config => config(toConfig(directory.path, sandbox, namespace));
  const connector = toConnector(toOwnConfig, clock);
  const person = (handle: string) => openNetworkUser(sandbox.networkUrl, handle);
  const world: World = {
    sandbox,
    connector,
    get config() {
      return toOwnConfig();
    },
    person,
    company: await person(sandbox.company.handle),
    crmUser: (name) => toCrmUser(sandbox, name),
    async [Symbol.asyncDispose]() {
      await connector.stop();
      await sandbox[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
  if (!stopped) await connector.start();
  return world;
}

function toCrmUser({ org, orgUrl }: Sandbox, name: string): CrmUser {
  return openCrmUser(orgUrl, org.tokenFor(`${name}@nordwind.example`), org.spelling);
}

const same = (config: Config): Config => config;

function toConfig(dir: string, { orgUrl, networkUrl, org, company }: Sandbox, namespace: string): Config {
  return {
    journal: path.join(dir, "journal.db"),
    retentionDays: 35,
    backupDays: 35,
    journalFreeMegabytes: 16,
    log: "silent",
    http: { host: "127.0.0.1", port: 0 },
    webhooks: { host: "127.0.0.1", port: 0 },
    salesforce: {
      loginUrl: orgUrl,
      orgId: org.organizationId,
      namespace,
      login: "client-credentials",
      events: { insecure: false },
      sweepSeconds: 0.2,
      callShare: 0.5,
      fallbackQueue: "Social_Service",
      handles: [
        { network: "mastodon", object: "Contact", field: "Mastodon__c" },
        { network: "mastodon", object: "Lead", field: "Mastodon__c" },
      ],
    },
    accounts: [
      {
        network: "mastodon",
        url: networkUrl,
        tokenEnv: "EARSHOT_MASTODON_TOKEN",
        mode: "engage",
        words: ["nordwind"],
        token: company.token,
      },
    ],
    clientId: "sandbox",
    clientSecret: "sandbox",
  };
}

export function toConnector(config: () => Config, clock: Clock): Connector {
  let running:
    { readonly stop: AbortController; readonly ended: Promise<void>; readonly url: () => string } | undefined;
  return {
    get url() {
      if (running === undefined) throw new Error("The connector does not run");
      return running.url();
    },
    async start() {
      const stop = new AbortController();
      const { promise: ready, resolve } = Promise.withResolvers<string>();
      // Before it is ready its log alone tells its address.
      let url = "";
      const write = (line: string): void => void (url ||= /"url":"([^"]+)"/.exec(line)?.[1] ?? "");
      const telemetry = openTelemetry({ level: "info", destination: { write } });
      const ended = runConnector({ config: config(), telemetry, clock, onReady: resolve }, stop.signal);
      running = { stop, ended, url: () => url };
      await Promise.race([ready, ended]);
    },
    async stop() {
      const { stop, ended } = running ?? {};
      running = undefined;
      stop?.abort();
      await ended;
    },
  };
}

export { waitFor };
