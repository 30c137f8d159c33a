import type { Bringer } from "../bringer.ts";
import type { Said } from "../crowd.ts";
import { round, toSteadyRate } from "../figures.ts";
import { openStanding } from "../standing.ts";
import type { World, WorldUsage } from "../world.ts";

export interface Throughput {
  readonly posts: number;
  readonly cases: number;
  /** From the start of the process until the last post stood on its Case. */
  readonly seconds: number;
  readonly postsPerSecond: number;
  /** The same between the first and the last tenth, without start-up and end. */
  readonly steadyPostsPerSecond: number;
  readonly callsPer1000: number;
  /** Of its own process; of the process that plays org and network. */
  readonly cpuSecondsPer1000: number;
  readonly sandboxCpuSecondsPer1000: number;
}

const WITHIN_MS = 300_000;

export interface Started {
  readonly said: readonly Said[];
  readonly bringer: Bringer;
  /** What org and network had used before the bringer was started. */
  readonly before: WorldUsage;
  /** Processor time of a start that has nothing to do. */
  readonly idleCpuSeconds: number;
}

/** Until all that stands on the network stands in the CRM. */
export async function measureThroughput(
  world: World,
  { said, bringer, before, idleCpuSeconds }: Started,
): Promise<Throughput> {
  using standing = openStanding(world);
  const when = await standing.when(new Set(said.map(({ id }) => id)), WITHIN_MS);
  const seconds = (performance.now() - bringer.startedMs) / 1000;
  const after = await world.usage();
  const { cpuSeconds } = await bringer.usage();
  const per1000 = (value: number): number => round((value * 1000) / said.length);
  return {
    posts: said.length,
    cases: standing.cases(),
    seconds: round(seconds),
    postsPerSecond: round(said.length / seconds),
    steadyPostsPerSecond: toSteadyRate(said.map(({ id }) => when.get(id) ?? Number.NaN)),
    callsPer1000: per1000(after.calls - before.calls),
    cpuSecondsPer1000: per1000(cpuSeconds - idleCpuSeconds),
    sandboxCpuSecondsPer1000: per1000(after.cpuSeconds - before.cpuSeconds),
  };
}
