import type { ThinOrg, ThinOrgUsage } from "./thin-org.ts";
import { until } from "./until.ts";

const WITHIN_MS = 600_000;

/** Waits until so many posts stand in the org; when each of them was seen there, and what the org had used by then. */
export async function untilDrained(
  org: ThinOrg,
  posts: number,
  signal: AbortSignal,
): Promise<{ readonly moments: readonly number[]; readonly after: ThinOrgUsage }> {
  const moments: number[] = [];
  const after = await until(`${posts} posts stand`, { withinMs: WITHIN_MS, everyMs: 20, signal }, async () => {
    const usage = await org.usage();
    const nowMs = performance.now();
    while (moments.length < usage.posts) moments.push(nowMs);
    return usage.posts >= posts ? usage : undefined;
  });
  return { moments, after };
}
