import type { Clock } from "./clock.ts";
import type { Crm } from "./crm/crm.ts";
import type { Entry, Journal } from "./journal/journal.ts";
import type { Draft } from "./model/draft.ts";
import type { Rejection } from "./model/glossary.ts";
import type { Post } from "./model/post.ts";
import { runPipeline } from "./pipeline/index.ts";
import type { Stage } from "./pipeline/stage.ts";
import { appendContext } from "./recorder/append-context.ts";
import { appendDecisions, type Decision } from "./recorder/append-decisions.ts";
import { eraseDeleted, eraseGone } from "./recorder/erase-gone.ts";
import { parseEvent } from "./recorder/parse-event.ts";
import { isGone } from "./tombstones.ts";

/** A draft whose rows were locked, or whose Case was closed meanwhile, is decided anew this often before it is parked. */
const ROUNDS = 5;
const ROUND_WAIT_MS = 200;

/** One row must not hold up everybody else's posts. */
const LOCKED: Rejection = {
  reason: "locked",
  detail: "A row that this post needs stayed locked in the CRM, or automation on it failed, again and again.",
};

export interface RecorderParts {
  readonly journal: Journal;
  readonly crm: Crm;
  readonly stages: readonly Stage[];
  readonly clock: Clock;
  /** Told of each post when its fate is sealed. */
  readonly onDecided: (draft: Draft, outcome: Decision | "gone") => void;
}

type Outcome = undefined | Rejection;

/**
 * Makes what the networks said stand in the CRM: the handler of the log "posts". Safe to repeat, whole or in part.
 * A delete wins whenever it comes: it is marked first, and looked up after the writes and before the position moves.
 */
export function openRecorder(parts: RecorderParts) {
  return async (entries: readonly Entry[], signal: AbortSignal): Promise<readonly Outcome[]> => {
    const events = entries.map(({ value }) => parseEvent(value));
    await eraseDeleted(parts, events, signal);

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
  for (let round = 1; waiting.length > 0 && round <= ROUNDS; round++) {
    if (round > 1) await parts.clock.sleep(ROUND_WAIT_MS * (round - 1), signal);
    const tried = await recordRound(parts, waiting, signal);
    const decided = tried.filter(({ outcome }) => outcome !== "again" || round === ROUNDS).map(toDecided);
    for (const { post, outcome } of decided) outcomes.set(post, outcome);
    await seal(parts, decided);
    waiting = waiting.filter((post) => !outcomes.has(post));
  }
  await eraseGone(parts, posts, signal);
  return outcomes;
}

interface Tried<T> {
  readonly post: Post;
  readonly draft: Draft;
  readonly outcome: T;
}

/** What comes of the posts when they are decided by what the CRM knows now. */
async function recordRound(
  { stages, journal, crm }: RecorderParts,
  posts: readonly Post[],
  signal: AbortSignal,
): Promise<readonly Tried<Outcome | "again">[]> {
  const drafts = await runPipeline(
    stages,
    posts.map((post) => ({ post })),
    signal,
  );
  const kept = drafts.filter((draft) => draft.ignored === undefined);
  await appendContext(journal, kept);
  const recorded = kept.length === 0 ? [] : (await crm.record(kept, signal)).outcomes;
  const outcomeOf = new Map(kept.map((draft, index) => [draft, recorded[index]]));
  return posts.flatMap((post, index) => {
    const draft = drafts[index];
    return draft === undefined ? [] : [{ post, draft, outcome: outcomeOf.get(draft) }];
  });
}

function toDecided({ post, draft, outcome }: Tried<Outcome | "again">): Tried<Outcome> {
  return { post, draft, outcome: outcome === "again" ? LOCKED : outcome };
}

async function seal({ journal, onDecided }: RecorderParts, decided: readonly Tried<Outcome>[]): Promise<void> {
  const decisions = decided.map(({ draft, outcome }) => [draft, toDecision(draft, outcome)] as const);
  await appendDecisions(journal, decisions);
  for (const [draft, decision] of decisions) onDecided(draft, decision);
}

function toDecision({ ignored }: Draft, outcome: Outcome): Decision {
  if (ignored !== undefined) return "ignored";
  return outcome === undefined ? "recorded" : "rejected";
}

async function withoutGone({ journal, onDecided }: RecorderParts, posts: readonly Post[]): Promise<readonly Post[]> {
  const kept: Post[] = [];
  for (const post of posts) {
    if (await isGone(journal, post.key)) onDecided({ post }, "gone");
    else kept.push(post);
  }
  return kept;
}
