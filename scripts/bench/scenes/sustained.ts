import path from "node:path";
import { ask } from "../ask.ts";
import { startConnector } from "../connector.ts";
import { openCrowd } from "../crowd.ts";
import type { PaceOnBudget } from "../sizes.ts";
import type { World } from "../world.ts";
import { measureLatency, type LatencyAtPace } from "./latency.ts";

export interface Sustained extends LatencyAtPace {
  readonly callsADay: number;
}

/** After the calls that may be spent at once: how many it takes, and how long posts wait for company. */
export async function measureSustained(world: World, pace: PaceOnBudget): Promise<Sustained> {
  const { perSecond, callsADay, warmUpSeconds, seconds } = pace;
  await ask(`${world.orgUrl}/sandbox/limits`, { method: "POST", body: { dailyApiRequests: callsADay } });
  const crowd = await openCrowd(world.networkUrl);
  await using connector = startConnector(world, { dir: path.join(world.dir, "connector") });
  await connector.ready();
  await measureLatency(world, { crowd, first: 0, perSecond, seconds: warmUpSeconds });
  const measured = await measureLatency(world, { crowd, first: perSecond * warmUpSeconds, perSecond, seconds });
  return { ...measured, callsADay };
}
