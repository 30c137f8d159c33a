import type { Bringer } from "../bringer.ts";
import type { Said } from "../crowd.ts";
import { round, toSteadyRate } from "../figures.ts";
import { openStanding } from "../standing.ts";
import type { World } from "../world.ts";

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

/** Until all that stands on the network stands in the CRM. `idleCpuSeconds` is what a start costs that has nothing to do. */
export async function measureThroughput(
  world: World,
  { said, start, idleCpuSeconds }: { said: readonly Said[]; start: () => Bringer; idleCpuSeconds: number },
): Promise<Throughput> {
  using standing = openStanding(world);
  await world.takeCalls();
  const sandboxCpu = await world.cpuSeconds();
  const bringer = start();
  const when = await standing.when(new Set(said.map(({ id }) => id)), WITHIN_MS);
  const seconds = (performance.now() - bringer.startedMs) / 1000;
  const per1000 = (value: number): number => round((value * 1000) / said.length);
  return {
    posts: said.length,
    cases: standing.cases(),
    seconds: round(seconds),
    postsPerSecond: round(said.length / seconds),
    steadyPostsPerSecond: toSteadyRate(said.map(({ id }) => when.get(id) ?? Number.NaN)),
    callsPer1000: per1000(await world.takeCalls()),
    cpuSecondsPer1000: per1000((await bringer.usage()).cpuSeconds - idleCpuSeconds),
    sandboxCpuSecondsPer1000: per1000((await world.cpuSeconds()) - sandboxCpu),
  };
}
