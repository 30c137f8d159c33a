import { toMb } from "../bringer.ts";
import { measureIdleByHand, startByHand } from "../by-hand-process.ts";
import { openCrowd, sayAll } from "../crowd.ts";
import { round, toSteadyRate } from "../figures.ts";
import { openThinOrg } from "../thin-org.ts";
import { untilDrained } from "../until-drained.ts";
import type { World } from "../world.ts";
import { toSecondsPerMillion, type Drained } from "./drained.ts";

/** Reads the posts from the network, for it has no journal. */
export async function drainByHand(
  world: World,
  { posts, callMs }: { readonly posts: number; readonly callMs: number },
): Promise<Partial<Drained>> {
  const idleCpuSeconds = await measureIdleByHand(world);
  await sayAll(await openCrowd(world.networkUrl), posts);
  await using org = await openThinOrg(world, { callMs });
  await using bringer = startByHand({ ...world, orgUrl: org.url });
  const { after, moments } = await untilDrained(org, posts, world.signal);
  const { cpuSeconds, rssBytes } = await bringer.usage();
  return {
    postsPerSecond: toSteadyRate(moments),
    callsPer1000: round((after.calls * 1000) / posts),
    // Far away there are too few posts to tell: it costs the processor what it costs near by.
    ...(callMs === 0 ? { cpuSecondsPerMillion: toSecondsPerMillion(cpuSeconds - idleCpuSeconds, posts) } : {}),
    mostMb: toMb(rssBytes),
  };
}
