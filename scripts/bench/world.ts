import { mkdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ask } from "./ask.ts";
import { startChild } from "./child.ts";

const PROCESS = path.resolve(import.meta.dirname, "sandbox-process.ts");

const Address = z.object({
  orgUrl: z.string(),
  networkUrl: z.string(),
  orgId: z.string(),
  connectorToken: z.string(),
  networkToken: z.string(),
});
const Cpu = z.object({ user: z.number(), system: z.number() });
const Calls = z.object({ byKind: z.record(z.string(), z.number()) });

/** A fresh org with its customers and a fresh network, in one process. */
export interface World extends AsyncDisposable, z.infer<typeof Address> {
  readonly dir: string;
  readonly signal: AbortSignal;
  usage(): Promise<WorldUsage>;
}

/** Since the world was opened. */
export interface WorldUsage {
  /** Calls to the org's API, as the org counts them. */
  readonly calls: number;
  /** Processor time of org and network together. */
  readonly cpuSeconds: number;
}

export async function openWorld(dir: string, signal: AbortSignal): Promise<World> {
  mkdirSync(dir, { recursive: true });
  const child = startChild({ file: PROCESS, args: [dir], log: path.join(dir, "sandbox.log"), signal });
  const address = Address.parse(await child.message());
  return {
    ...address,
    dir,
    signal,
    async usage() {
      const { byKind } = Calls.parse(await ask(`${address.orgUrl}/sandbox/calls`));
      child.process.send("cpu");
      const { user, system } = Cpu.parse(await child.message());
      const calls = Object.values(byKind).reduce((sum, count) => sum + count, 0);
      return { calls, cpuSeconds: (user + system) / 1e6 };
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
