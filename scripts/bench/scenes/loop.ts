import { toMb, type Bringer } from "../bringer.ts";
import type { Said } from "../crowd.ts";
import type { World } from "../world.ts";
import { measureLatency, type LatencyAtPace, type Pace } from "./latency.ts";
import { measureThroughput, type Throughput } from "./throughput.ts";

export interface Loop {
  readonly throughput: Throughput;
  readonly latency: LatencyAtPace;
  readonly memory: { readonly afterBacklogMb: number; readonly afterPaceMb: number };
}

export interface LoopOptions extends Omit<Pace, "first"> {
  /** These stand on the network already. */
  readonly said: readonly Said[];
  readonly start: () => Bringer;
  readonly idleCpuSeconds: number;
}

/** What has gathered is brought over, then the same process goes on at an even pace. */
export async function measureLoop(world: World, { said, start, idleCpuSeconds, ...pace }: LoopOptions): Promise<Loop> {
  const before = await world.usage();
  await using bringer = start();
  const throughput = await measureThroughput(world, { said, bringer, before, idleCpuSeconds });
  const afterBacklog = await bringer.usage();
  const latency = await measureLatency(world, { ...pace, first: said.length });
  const afterPace = await bringer.usage();
  const memory = { afterBacklogMb: toMb(afterBacklog.rssBytes), afterPaceMb: toMb(afterPace.rssBytes) };
  return { throughput, latency, memory };
}
