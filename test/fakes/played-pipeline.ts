import type { Draft } from "../../connector/model/draft.ts";
import type { Post } from "../../connector/model/post.ts";
import { openPipeline, runPipeline } from "../../connector/pipeline/index.ts";
import type { ThreadSource } from "../../connector/pipeline/thread.ts";
import { defaultRules } from "../../connector/rules/defaults.ts";
import type { MemoryCrm } from "./memory-crm.ts";
import { COMPANY } from "./posts.ts";

/** A network that knows all posts of a test, each as it was posted. */
export function toNetwork(posts: readonly Post[]): ThreadSource {
  const byKey = new Map(posts.map((post) => [post.key, post] as const).reverse());
  const above = (post: Post): readonly Post[] => {
    const parent = byKey.get(post.parent ?? "");
    return parent === undefined ? [] : [...above(parent), parent];
  };
  return {
    account: { key: COMPANY, network: "test", handle: "nordwind", mode: "engage", textLimit: 500, urlLength: 23 },
    thread: (post) => Promise.resolve(above(post)),
  };
}

/** The pipeline and the recorder's part, with the default rules: each batch is decided, then recorded. */
export async function openPlay(
  crm: MemoryCrm,
  posts: readonly Post[],
): Promise<(batch: readonly Post[]) => Promise<readonly Draft[]>> {
  const { signal } = new AbortController();
  const sources = new Map([[COMPANY, toNetwork(posts)]]);
  const stages = await openPipeline({ sources, crm, rules: () => defaultRules });
  return async (batch) => {
    const drafts = batch.map((post): Draft => ({ post }));
    const decided = await runPipeline(stages, drafts, signal);
    await crm.record(decided, signal);
    return decided;
  };
}

/** Plays batch after batch; `all` is what the network knows beside them. */
export async function play(
  batches: readonly (readonly Post[])[],
  crm: MemoryCrm,
  all: readonly Post[] = [],
): Promise<readonly Draft[]> {
  const playBatch = await openPlay(crm, [...all, ...batches.flat()]);
  const drafts: Draft[] = [];
  for (const batch of batches) drafts.push(...(await playBatch(batch)));
  return drafts;
}
