import path from "node:path";
import { ask } from "../ask.ts";
import { startConnector } from "../connector.ts";
import { openCrowd, sayAll } from "../crowd.ts";
import { openThinOrg } from "../thin-org.ts";
import { until } from "../until.ts";
import type { World } from "../world.ts";
import { measureHearing } from "./hearing.ts";
import { measureColdStart } from "./start-up.ts";

export interface Thread {
  readonly posts: number;
  /** Calls that recorded posts, and all calls. */
  readonly batches: number;
  readonly calls: number;
  readonly cases: number;
}

const WITHIN_MS = 120_000;

/** One post of ours that so many answer: they wait in the journal, then the org can be reached. */
export async function measureThread(world: World, posts: number): Promise<Thread> {
  const dir = path.join(world.dir, "connector");
  const { cpuSeconds: idleCpuSeconds } = await measureColdStart(world, dir, 1);
  const body = { status: "All flights to Oslo leave an hour later today." };
  const root = await ask(`${world.networkUrl}/api/v1/statuses`, { method: "POST", token: world.networkToken, body });
  await sayAll(await openCrowd(world.networkUrl, String(root["id"])), posts);
  await measureHearing(world, { dir, posts, idleCpuSeconds });
  await using org = await openThinOrg(world, { callMs: 0 });
  await using connector = startConnector({ ...world, orgUrl: org.url }, { dir });
  await connector.ready();
  const { batches, calls, cases } = await until(
    `${posts} posts stand`,
    { withinMs: WITHIN_MS, everyMs: 100, signal: world.signal },
    async () => {
      const usage = await org.usage();
      return usage.posts >= posts ? usage : undefined;
    },
  );
  return { posts, batches, calls, cases };
}
