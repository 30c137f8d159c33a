import { setTimeout as delay } from "node:timers/promises";
import type { Crowd, Said } from "../crowd.ts";
import { round, toLatency, type Latency } from "../figures.ts";
import { openStanding } from "../standing.ts";
import type { World } from "../world.ts";

export interface LatencyAtPace extends Latency {
  readonly posts: number;
  readonly postsPerSecond: number;
  readonly callsPer1000: number;
}

export interface Pace {
  readonly crowd: Crowd;
  /** Number of the first post: those before it have been said. */
  readonly first: number;
  readonly perSecond: number;
  readonly seconds: number;
}

const WITHIN_MS = 60_000;

/** Posts at an even pace, whether or not they are coped with: from the network's own stamp until it stands on its Case. */
export async function measureLatency(world: World, { crowd, first, perSecond, seconds }: Pace): Promise<LatencyAtPace> {
  using standing = openStanding(world);
  const before = await world.usage();
  const posts = perSecond * seconds;
  const saying: Promise<Said>[] = [];
  const startedMs = performance.now();
  for (let n = 0; n < posts; n++) {
    await delay(startedMs + (n * 1000) / perSecond - performance.now(), undefined, { signal: world.signal });
    saying.push(crowd.say(first + n));
  }
  const said = await Promise.all(saying);
  const when = await standing.when(new Set(said.map(({ id }) => id)), WITHIN_MS);
  return {
    posts,
    postsPerSecond: perSecond,
    ...toLatency(said.map(({ id, atMs }) => (when.get(id) ?? Number.NaN) - atMs)),
    callsPer1000: round((((await world.usage()).calls - before.calls) * 1000) / posts),
  };
}
