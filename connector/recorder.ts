import type { Clock } from "./clock.ts";
import type { Crm } from "./crm/crm.ts";
import { Unavailable } from "./errors.ts";
import type { Entry, Journal, NewEntry } from "./journal/journal.ts";
import type { Draft } from "./model/draft.ts";
import type { Key, Rejection } from "./model/glossary.ts";
import { toPostPartition } from "./model/partition.ts";
import { toPostEvent, type Post, type PostEvent } from "./model/post.ts";
import { runPipeline } from "./pipeline/index.ts";
import type { Stage } from "./pipeline/stage.ts";
import { isGone, markGone } from "./tombstones.ts";

/** A draft whose rows were locked, or whose Case was closed meanwhile, is decided anew this often before we wait. */
const ROUNDS = 5;
const ROUND_WAIT_MS = 200;

export interface RecorderParts {
  readonly journal: Journal;
  readonly crm: Crm;
  readonly stages: readonly Stage[];
  readonly clock: Clock;
  /** Told of each post when its fate is sealed. */
  readonly onDecided: (draft: Draft, outcome: "recorded" | "ignored" | "gone" | "rejected") => void;
}

type Outcome = undefined | Rejection;

/**
 * Makes what the networks said stand in the CRM: the handler of the log "posts". Safe to repeat, whole or in part.
 * A delete wins whenever it comes: it is marked first, and looked up after the writes and before the position moves.
 */
export function openRecorder(parts: RecorderParts) {
  return async (entries: readonly Entry[], signal: AbortSignal): Promise<readonly Outcome[]> => {
    const events = entries.map(({ value }) => JSON.parse(value) as PostEvent);
    const deleted = events.filter((event) => event.type === "deleted");
    for (const { post, at } of deleted) await markGone(parts.journal, post, at);
    await eraseAll(parts, deleted, signal);

    const posts = events.map((event) => (event.type === "deleted" ? undefined : event.post));
    const outcomes = await recordPosts(
      parts,
      posts.filter((post) => post !== undefined),
      signal,
    );
    return posts.map((post) => (post === undefined ? undefined : outcomes.get(post)));
  };
}

async function recordPosts(
  parts: RecorderParts,
  posts: readonly Post[],
  signal: AbortSignal,
): Promise<ReadonlyMap<Post, Outcome>> {
  const outcomes = new Map<Post, Outcome>();
  let waiting = await withoutGone(parts, posts);
  for (let round = 0; waiting.length > 0; round++) {
    if (round === ROUNDS) throw new Unavailable("Rows in the CRM stay locked");
    if (round > 0) await parts.clock.sleep(ROUND_WAIT_MS * round, signal);
    waiting = await recordRound(parts, waiting, outcomes, signal);
  }
  await eraseGone(parts, posts, signal);
  return outcomes;
}

/** Returns the posts that have to be decided anew. */
async function recordRound(
  parts: RecorderParts,
  posts: readonly Post[],
  outcomes: Map<Post, Outcome>,
  signal: AbortSignal,
): Promise<readonly Post[]> {
  const drafts = await runPipeline(
    parts.stages,
    posts.map((post) => ({ post })),
    signal,
  );
  const kept = drafts.filter((draft) => draft.ignored === undefined);
  await appendContext(parts.journal, kept);
  const recorded = kept.length === 0 ? [] : (await parts.crm.record(kept, signal)).outcomes;
  const byDraft = new Map(kept.map((draft, index) => [draft, recorded[index]]));
  const again: Post[] = [];
  const decided: [Draft, "recorded" | "ignored" | "rejected"][] = [];
  drafts.forEach((draft, index) => {
    const post = posts[index];
    if (post === undefined) return;
    const outcome = byDraft.get(draft);
    if (outcome === "again") return void again.push(post);
    outcomes.set(post, outcome);
    decided.push([draft, draft.ignored === undefined ? (outcome === undefined ? "recorded" : "rejected") : "ignored"]);
  });
  await parts.journal.append(
    "decisions",
    decided.map(([draft, outcome]) => toDecision(draft, outcome)),
  );
  for (const [draft, outcome] of decided) parts.onDecided(draft, outcome);
  return again;
}

/** The parents of a conversation with us go the way of all posts, each in its author's partition. */
async function appendContext(journal: Journal, drafts: readonly Draft[]): Promise<void> {
  const parents = drafts.flatMap(({ thread, post }) =>
    (thread ?? []).map((parent): Post => ({
      ...parent,
      context: true,
      ...(post.conversation === undefined ? {} : { conversation: post.conversation }),
    })),
  );
  const events = new Map(parents.map(toPostEvent).map((event) => [event.key, event]));
  const entries: NewEntry[] = [];
  for (const event of events.values()) {
    // Remembered by a stage, deleted meanwhile: its words must not come back.
    if (event.type !== "deleted" && (await isGone(journal, event.post.key)) !== undefined) continue;
    entries.push({ key: event.key, partition: toPostPartition(event), value: JSON.stringify(event) });
  }
  if (entries.length > 0) await journal.append("posts", entries);
}

/** Why a post became what it became: rule, reason and facts, without its words. */
function toDecision(draft: Draft, outcome: string) {
  const { post, ignored, triage, identity, home } = draft;
  const event = toPostEvent(post);
  const value = { outcome, ignored, triage, identity: identity?.state, home: home?.kind, post: post.key };
  return { key: event.key, partition: toPostPartition(event), value: JSON.stringify(value) };
}

async function withoutGone({ journal, onDecided }: RecorderParts, posts: readonly Post[]): Promise<readonly Post[]> {
  const kept: Post[] = [];
  for (const post of posts) {
    if (await isGone(journal, post.key)) onDecided({ post }, "gone");
    else kept.push(post);
  }
  return kept;
}

async function eraseGone(parts: RecorderParts, posts: readonly Post[], signal: AbortSignal): Promise<void> {
  const gone: { post: Key; at: string }[] = [];
  for (const post of posts) {
    const at = await isGone(parts.journal, post.key);
    if (at !== undefined) gone.push({ post: post.key, at });
  }
  await eraseAll(parts, gone, signal);
}

/** From the CRM first: while the journal still has the text, the erasing can be repeated. */
async function eraseAll(
  { journal, crm }: RecorderParts,
  gone: readonly { readonly post: Key; readonly at: string }[],
  signal: AbortSignal,
): Promise<void> {
  if (gone.length === 0) return;
  await crm.erase(
    gone.map(({ post, at }) => ({ key: post, at })),
    signal,
  );
  for (const { post } of gone) await journal.erase(post);
}
