import type { Clock } from "../clock.ts";
import type { Crm, Written } from "../crm/crm.ts";
import type { Outcome } from "../flow/consume.ts";
import { findDoubt } from "../doubts.ts";
import type { Journal } from "../journal/journal.ts";
import type { Draft } from "../model/draft.ts";
import { isUrgentPartition } from "../model/partition.ts";
import { isBackground, type Post } from "../model/post.ts";
import { runPipeline } from "../pipeline/index.ts";
import { isLive } from "../pipeline/live.ts";
import type { Stage } from "../pipeline/stage.ts";
import { isGone } from "../tombstones.ts";
import { appendContext } from "./append-context.ts";
import { isDoubtful, markDoubts } from "./doubted.ts";
import type { HeardPost } from "./heard.ts";
import { isReplaced, REPLACED } from "./is-replaced.ts";

export interface RoundParts {
  readonly journal: Journal;
  readonly crm: Pick<Crm, "record">;
  readonly stages: readonly Stage[];
  readonly clock: Clock;
  /** Durable on return: from here on the posts count as tried. */
  readonly begin: () => Promise<void>;
}

/** What came of a post in one round; "dropped": it was deleted before anybody tried to record it. */
export interface Tried {
  readonly heard: HeardPost;
  readonly draft: Draft;
  readonly outcome: Outcome | "again" | "dropped";
}

/** What comes of the posts, in their order, when they are decided by what the CRM knows now. */
export async function recordRound(
  parts: RoundParts,
  posts: readonly HeardPost[],
  signal: AbortSignal,
): Promise<readonly Tried[]> {
  const { journal, crm, stages, begin } = parts;
  const asked = await Promise.all(posts.map((heard) => toDraft(journal, heard)));
  const open = posts.filter((_, index) => asked[index] !== undefined);
  const drafts = await runPipeline(
    stages,
    asked.filter((draft) => draft !== undefined),
    signal,
  );
  const doubtful = drafts.filter((draft, index) => isDoubtful(open[index]?.isRepeated === true, draft));
  if (await markDoubts(parts, doubtful, drafts)) return await recordRound(parts, posts, signal);
  const live = drafts.filter(isLive);
  await appendContext(
    journal,
    live.filter(({ gone }) => gone === undefined),
  );
  if (live.length > 0) await begin();
  // Marked since the look above, by who may have seen that nobody had tried: not a word of it may go out now.
  if (await isAnyGone(journal, live)) return await recordRound(parts, posts, signal);
  const written = live.length === 0 ? [] : (await crm.record(live, signal)).outcomes;
  const writtenOf = new Map(live.map((draft, index) => [draft, written[index]]));
  const decided = drafts.values();
  return posts.map((heard, index): Tried => {
    if (asked[index] === undefined) return { heard, draft: { post: heard.post }, outcome: "dropped" };
    const { value: draft } = decided.next();
    if (draft === undefined) throw new Error("The pipeline lost a draft");
    return { heard, draft, outcome: toOutcome(draft, writtenOf.get(draft)) };
  });
}

/** What was fetched to show what led to another must not take back what hearing it made of it. */
const HEARD = { stage: "recorder", reason: "It was heard too: that decides." };

/** undefined: deleted, and nobody has tried to record it: there is nothing to do. */
async function toDraft(journal: Journal, { entry, post, isRepeated }: HeardPost): Promise<Draft | undefined> {
  const gone = await isGone(journal, post.key);
  if (gone !== undefined && !isRepeated) return undefined;
  const isTooLate = await isReplaced(journal, entry, post);
  const isHeard = isBackground(post) && (await journal.knows("posts", `${post.key}#${post.version}`));
  return {
    post,
    ...(isHeard ? { ignored: HEARD } : {}),
    ...(isTooLate ? { ignored: REPLACED } : {}),
    ...(isUrgentPartition(entry.partition, journal.partitions) ? { urgent: true } : {}),
    ...(gone === undefined ? {} : { gone }),
    ...((await isDoubted(journal, post)) ? { doubted: true } : {}),
  };
}

async function isDoubted(journal: Journal, { key, version }: Post): Promise<boolean> {
  return version > 0 && version > ((await findDoubt(journal, key)) ?? Infinity);
}

async function isAnyGone(journal: Journal, drafts: readonly Draft[]): Promise<boolean> {
  const open = drafts.filter(({ gone }) => gone === undefined);
  const marks = await Promise.all(open.map(({ post }) => isGone(journal, post.key)));
  return marks.some((at) => at !== undefined);
}

/** A tombstone that is refused is none the less done: what there is to erase is erased. */
function toOutcome({ gone, waits }: Draft, written: Written): Tried["outcome"] {
  if (waits !== undefined) return waits;
  return gone === undefined || written === "again" ? written : undefined;
}
