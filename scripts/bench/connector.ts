import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import nodeFlags from "../../bin/node-flags.json" with { type: "json" };
import type { Bringer, Usage } from "./bringer.ts";
import { startChild } from "./child.ts";
import { readCpuSeconds } from "./cpu-seconds.ts";
import type { World } from "./world.ts";

const MAIN = path.resolve(import.meta.dirname, "../../bin/earshot.js");
/** Nobody listens on port 9 of this machine: an org that cannot be reached. */
const NOWHERE = "http://127.0.0.1:9";

const Ready = z.object({ ready: z.string() });

export interface ConnectorOptions {
  /** The folder of its journal. */
  readonly dir: string;
  /** Where its journal is, if not in its folder. */
  readonly journal?: string;
  /** Its org cannot be reached: it hears into its journal, and never says that it is ready. */
  readonly hearsOnly?: boolean;
  /** As after the installation: nothing is compiled yet. */
  readonly afresh?: boolean;
}

export interface Connector extends Bringer {
  /** Resolves when every part is up, with the milliseconds since its process was started. */
  ready(): Promise<number>;
  /** Processor time so far, also of one that is never ready; where the system does not tell: not a number. */
  cpuSeconds(): number;
  /** The most memory that it ever had; where the system does not tell, what it has now. */
  mostRssBytes(): Promise<number>;
}

/** The connector in a process of its own, configured as an operator would. */
export function startConnector(world: World, options: ConnectorOptions): Connector {
  const { dir, hearsOnly = false, afresh = false, journal = "journal.db" } = options;
  mkdirSync(dir, { recursive: true });
  const config = path.join(dir, "earshot.yaml");
  writeFileSync(config, stringify(toConfig({ ...world, ...(hearsOnly ? { orgUrl: NOWHERE } : {}) }, journal)));
  const startedMs = performance.now();
  const child = startChild({
    file: MAIN,
    args: ["start", "--config", config],
    nodeFlags,
    log: path.join(dir, "connector.log"),
    signal: world.signal,
    env: {
      ...(afresh ? { NODE_DISABLE_COMPILE_CACHE: "1" } : {}),
      EARSHOT_SALESFORCE_CLIENT_ID: "sandbox",
      EARSHOT_SALESFORCE_CLIENT_SECRET: "sandbox",
      EARSHOT_MASTODON_TOKEN: world.networkToken,
    },
  });
  let up: Promise<{ url: string; afterMs: number }> | undefined;
  const untilUp = () => (up ??= child.message().then(toUp));
  const toUp = (message: unknown) => ({ url: Ready.parse(message).ready, afterMs: performance.now() - startedMs });
  async function usage(): Promise<Usage> {
    const { url } = await untilUp();
    const text = await (await fetch(`${url}/metrics`, { signal: world.signal })).text();
    return {
      cpuSeconds: toValue(text, "process_cpu_seconds_total"),
      rssBytes: toValue(text, "process_resident_memory_bytes"),
    };
  }

  return {
    startedMs,
    ready: async () => (await untilUp()).afterMs,
    usage,
    cpuSeconds: () => readCpuSeconds(child.process.pid),
    mostRssBytes: async () => readMostRss(child.process.pid) ?? (await usage()).rssBytes,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

function toConfig({ orgId, orgUrl: loginUrl, networkUrl }: World, journal: string) {
  return {
    journal,
    http: { port: 0 },
    salesforce: {
      loginUrl,
      orgId,
      handles: [{ network: "mastodon", object: "Contact", field: "Mastodon__c" }],
    },
    accounts: [{ network: "mastodon", url: networkUrl, tokenEnv: "EARSHOT_MASTODON_TOKEN", words: ["nordwind"] }],
  };
}

/** As Linux tells it. */
function readMostRss(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

/** A metric without labels in the text that Prometheus reads. */
function toValue(metrics: string, name: string): number {
  const value = Number(new RegExp(`^${name} (.+)$`, "m").exec(metrics)?.[1]);
  if (Number.isNaN(value)) throw new Error(`The connector does not tell ${name}`);
  return value;
}
