import { startConnector } from "../connector.ts";
import { toSteadyRate } from "../figures.ts";
import { openJournalFile } from "../journal-file.ts";
import { until } from "../until.ts";
import type { World } from "../world.ts";

export interface Hearing {
  /** From the network into the journal, durably, while nothing else is done. */
  readonly postsPerSecond: number;
  readonly cpuMicrosPerPost: number;
}

export interface HearingOptions {
  readonly dir: string;
  readonly posts: number;
  /** Processor time of a start that has nothing to do. */
  readonly idleCpuSeconds: number;
}

/** A connector whose CRM cannot be reached hears the posts that stand on the network. */
export async function measureHearing(world: World, { dir, posts, idleCpuSeconds }: HearingOptions): Promise<Hearing> {
  await using running = new AsyncDisposableStack();
  const connector = running.use(startConnector(world, { dir, hearsOnly: true }));
  using journal = openJournalFile(dir);
  const moments: number[] = [];
  await until(`${posts} posts are heard`, { withinMs: 120_000, signal: world.signal }, () => {
    const heard = journal.posts();
    const nowMs = performance.now();
    while (moments.length < heard) moments.push(nowMs);
    return heard >= posts ? true : undefined;
  });
  const cpuMicrosPerPost = Math.round(((connector.cpuSeconds() - idleCpuSeconds) * 1e6) / posts);
  return { postsPerSecond: toSteadyRate(moments), cpuMicrosPerPost };
}
