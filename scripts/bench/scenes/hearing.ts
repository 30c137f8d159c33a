import { startConnector } from "../connector.ts";
import { toSteadyRate } from "../figures.ts";
import { openJournalFile } from "../journal-file.ts";
import { until } from "../until.ts";
import type { World } from "../world.ts";

export interface Hearing {
  /** From the network into the journal, durably, while nothing else is done. */
  readonly postsPerSecond: number;
}

/** A connector whose CRM cannot be reached hears the posts that stand on the network. */
export async function measureHearing(world: World, { dir, posts }: { dir: string; posts: number }): Promise<Hearing> {
  await using running = new AsyncDisposableStack();
  running.use(startConnector(world, { dir, hearsOnly: true }));
  using journal = openJournalFile(dir);
  const moments: number[] = [];
  await until(`${posts} posts are heard`, { withinMs: 120_000, signal: world.signal }, () => {
    const heard = journal.posts();
    const nowMs = performance.now();
    while (moments.length < heard) moments.push(nowMs);
    return heard >= posts ? true : undefined;
  });
  return { postsPerSecond: toSteadyRate(moments) };
}
