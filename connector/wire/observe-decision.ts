import type { Draft } from "../model/draft.ts";
import type { IsoTime } from "../model/glossary.ts";
import { isBackground } from "../model/post.ts";
import type { Metrics } from "../telemetry/metrics.ts";

/** Told of each post when its fate is sealed: counts it, and takes the times from posted over heard and decided to answered. */
export function observeDecision(metrics: Metrics, draft: Draft, outcome: string, now: IsoTime): void {
  metrics.postsRecorded.inc({ outcome });
  const { post, home } = draft;
  const isNew = post.direction === "inbound" && post.version === 0 && !isBackground(post);
  if (isNew && (outcome === "recorded" || outcome === "ignored")) {
    metrics.detectionSeconds.observe(toSeconds(post.postedAt, post.detectedAt));
    metrics.triageSeconds.observe(toSeconds(post.detectedAt, now));
  }
  if (outcome !== "recorded") return;
  if (home?.kind === "new") metrics.postToCaseSeconds.observe(toSeconds(post.postedAt, now));
  const asked = toQuestion(draft);
  if (asked !== undefined) metrics.answerSeconds.observe(toSeconds(asked, post.postedAt));
}

/** When the customer asked what this post of ours is the first answer to; undefined: it is none. */
function toQuestion({ post, home }: Draft): IsoTime | undefined {
  if (post.direction !== "outbound" || post.parent === undefined || home?.kind !== "open") return undefined;
  const { firstResponseAt, postedAt } = home.case;
  return firstResponseAt === undefined && postedAt !== undefined && postedAt <= post.postedAt ? postedAt : undefined;
}

/** Clocks differ a little: nothing is heard before it was said. */
function toSeconds(from: IsoTime, to: IsoTime): number {
  return Math.max(0, Date.parse(to) - Date.parse(from)) / 1000;
}
