import path from "node:path";
import { z } from "zod";
import type { Bringer } from "./bringer.ts";
import { startChild } from "./child.ts";
import type { World } from "./world.ts";

const SCRIPT = path.resolve(import.meta.dirname, "by-hand.ts");
const Usage = z.object({ cpuSeconds: z.number(), rssBytes: z.number() });

/** The script written by hand, in a process of its own. */
export function startByHand(world: World): Bringer {
  const startedMs = performance.now();
  const child = startChild({
    file: SCRIPT,
    args: [],
    env: { ORG_URL: world.orgUrl, NETWORK_URL: world.networkUrl, NETWORK_TOKEN: world.networkToken },
    log: path.join(world.dir, "by-hand.log"),
    signal: world.signal,
  });
  return {
    startedMs,
    async usage() {
      child.process.send("usage");
      return Usage.parse(await child.message());
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

/** Processor seconds that its start takes. */
export async function measureIdleByHand(world: World): Promise<number> {
  await using bringer = startByHand(world);
  return (await bringer.usage()).cpuSeconds;
}
