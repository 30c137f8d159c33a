import { fillBacklog } from "../backlog.ts";
import { toMb } from "../bringer.ts";
import { startConnector } from "../connector.ts";
import { round, toSteadyRate } from "../figures.ts";
import { readAccount } from "../journal-file.ts";
import { openThinOrg } from "../thin-org.ts";
import { untilDrained } from "../until-drained.ts";
import type { World } from "../world.ts";

export interface Drain {
  readonly posts: number;
  readonly callMs: number;
  /** Between the first and the last tenth, without start-up and end. */
  readonly postsPerSecond: number;
  readonly callsPer1000: number;
  /** Processor time of the connector; of the org's double. */
  readonly cpuMicrosPerPost: number;
  readonly orgCpuMicrosPerPost: number;
  readonly memory: DrainMemory;
}

export interface DrainMemory {
  readonly mostMb: number;
  readonly afterMb: number;
}

export interface DrainOptions {
  readonly posts: number;
  /** Left out: they wait there already. */
  readonly authors?: number;
  readonly callMs: number;
  /** Processor time of a start that has nothing to do. */
  readonly idleCpuSeconds: number;
}

/** What waits in the journal of a stopped connector is brought into an org that costs nothing but the time of its calls. */
export async function measureDrain(world: World, dir: string, options: DrainOptions): Promise<Drain> {
  const { posts, authors, callMs } = options;
  if (authors !== undefined) await fillBacklog(dir, { posts, authors, account: readAccount(dir) });
  await using org = await openThinOrg(world, { callMs });
  await using connector = startConnector({ ...world, orgUrl: org.url }, { dir });
  await connector.ready();
  const { after, moments } = await untilDrained(org, posts, world.signal);
  const { cpuSeconds, rssBytes } = await connector.usage();
  const mostBytes = await connector.mostRssBytes();
  return {
    posts,
    callMs,
    postsPerSecond: toSteadyRate(moments),
    callsPer1000: round((after.calls * 1000) / posts),
    cpuMicrosPerPost: Math.round(((cpuSeconds - options.idleCpuSeconds) * 1e6) / posts),
    orgCpuMicrosPerPost: Math.round((after.cpuSeconds * 1e6) / posts),
    memory: { mostMb: toMb(mostBytes), afterMb: toMb(rssBytes) },
  };
}
