import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import nodeFlags from "../../bin/node-flags.json" with { type: "json" };
import { startChild, type Child } from "../bench/child.ts";
import { openRecallLine } from "./recall-line.ts";
import { toReplicaConfig, toReplicaEnvironment } from "./replica-config.ts";
import type { World } from "./world.ts";

const PROCESS = path.join(import.meta.dirname, "replica-process.ts");
/** Where no call of the wanted kind comes by, it freezes wherever it is. */
const FREEZE_ANYWAY_MS = 3000;
const RISE_MS = 500;

export interface ReplicaOptions {
  readonly world: World;
  readonly journal: string;
  readonly dir: string;
  /** Its clock is ahead by so much. */
  readonly skewMs: number;
  readonly signal: AbortSignal;
}

/** A connector in a process of its own, which somebody starts anew whenever it has ended. */
export interface Replica extends AsyncDisposable {
  /** Resolves when every part of it is up, at its first start. */
  ready(): Promise<void>;
  /** kill -9; it comes back after so long. */
  kill(downMs: number): Promise<void>;
  /** It stands still, if it can be between what it asks the CRM about posts and what it writes then. Resolves when it does. */
  freeze(): Promise<void>;
  /** It goes on as if nothing had been. */
  thaw(): void;
  /** How often it ended although nobody killed it. */
  readonly endedByItself: number;
}

export async function openReplica({ world, journal, dir, skewMs, signal }: ReplicaOptions): Promise<Replica> {
  mkdirSync(dir, { recursive: true });
  let onRecalled = (): void => undefined;
  const line = await openRecallLine(world.orgUrl, () => {
    onRecalled();
  });
  const config = path.join(dir, "earshot.yaml");
  writeFileSync(config, toReplicaConfig(world, journal, line.url));
  const isOver = new AbortController();
  let [child, endedByItself, killedFor] = [start(), 0, 0];
  const first = child.message();
  // Whoever waits for it is told.
  first.catch(() => undefined);
  const living = live();

  function start(): Child {
    return startChild({
      file: PROCESS,
      args: [String(skewMs), config],
      nodeFlags: [...nodeFlags],
      log: path.join(dir, "connector.log"),
      signal,
      env: toReplicaEnvironment(world),
    });
  }

  async function untilEnded(): Promise<void> {
    const { process } = child;
    if (process.exitCode === null && process.signalCode === null) await once(process, "exit");
  }

  async function live(): Promise<void> {
    const isAllOver = (): boolean => isOver.signal.aborted;
    for (;;) {
      await untilEnded();
      if (isAllOver()) return;
      if (child.process.signalCode !== "SIGKILL") endedByItself += 1;
      await delay(killedFor + RISE_MS, undefined, { signal: isOver.signal }).catch(() => undefined);
      if (isAllOver()) return;
      killedFor = 0;
      child = start();
    }
  }

  return {
    async ready() {
      await first;
    },
    async kill(downMs) {
      killedFor = downMs;
      child.process.kill("SIGKILL");
      await untilEnded();
    },
    async freeze() {
      const { promise: frozen, resolve } = Promise.withResolvers<undefined>();
      const stop = (): void => {
        onRecalled = () => undefined;
        child.process.kill("SIGSTOP");
        resolve(undefined);
      };
      onRecalled = stop;
      const anyway = setTimeout(stop, FREEZE_ANYWAY_MS);
      await frozen;
      clearTimeout(anyway);
    },
    thaw: () => void child.process.kill("SIGCONT"),
    get endedByItself() {
      return endedByItself;
    },
    async [Symbol.asyncDispose]() {
      isOver.abort();
      child.process.kill(signal.aborted ? "SIGKILL" : "SIGCONT");
      await child[Symbol.asyncDispose]();
      await living;
      await line[Symbol.asyncDispose]();
    },
  };
}
