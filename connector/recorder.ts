import type { Clock } from "./clock.ts";
import type { Crm } from "./crm/crm.ts";
import { Unavailable } from "./errors.ts";
import type { Attempt, Handle } from "./flow/consume.ts";
import type { Journal } from "./journal/journal.ts";
import type { Draft } from "./model/draft.ts";
import type { Stage } from "./pipeline/stage.ts";
import { appendDecisions, type Decision } from "./recorder/append-decisions.ts";
import { toDecided, type Decided } from "./recorder/decided.ts";
import { findDoubted } from "./recorder/doubted.ts";
import { openEraser } from "./recorder/eraser.ts";
import { toHeard, type HeardPost } from "./recorder/heard.ts";
import { recordRound } from "./recorder/record-round.ts";
import { markGone } from "./tombstones.ts";

/** A draft whose rows were locked, or whose Case was closed meanwhile, is decided anew this often before it is parked. */
const ROUNDS = 5;
const ROUND_WAIT_MS = 200;

export interface RecorderParts {
  readonly journal: Journal;
  readonly crm: Pick<Crm, "record" | "erase">;
  readonly stages: readonly Stage[];
  readonly clock: Clock;
  /** Told of each post when its fate is sealed. */
  readonly onDecided: (draft: Draft, outcome: Decision | "gone") => void;
}

/**
 * Makes what the networks said stand in the CRM: the handler of the log "posts". Safe to repeat, whole or in part. A delete
 * wins whenever it comes: it is marked first, and looked up before the posts are decided, when they count as tried, and
 * after the writes, before the position moves.
 *
 *   marked                       what happens
 *   before anybody tried         the post is dropped
 *   an attempt may have got      it is recorded once more as a tombstone, wordless, at the places where the lost attempt
 *   through, or may yet          would write
 *   while it was being recorded  it is erased
 *   after all that, unwanted     the same as after an attempt that may have got through: the rules may have changed between
 */
export function openRecorder(parts: RecorderParts): Handle {
  const eraser = openEraser(parts);
  return async (entries, signal, attempt) => {
    const heard = toHeard(entries, attempt);
    for (const { key, ...gone } of heard.deletions)
      await markGone(parts.journal, key, { ...gone, heardAt: parts.clock.now() });
    const doubted = await findDoubted(parts.journal, heard.deletions, heard.posts);
    const decided = await recordPosts(parts, [...heard.posts, ...doubted], { attempt, signal });
    const waiting = await eraser.erase(heard.deletions, decided, signal);
    const outcomes = new Map(decided.map((one) => [one.heard.entry, one.outcome]));
    return entries.map((entry) => outcomes.get(entry) ?? waiting.get(entry));
  };
}

async function recordPosts(
  parts: RecorderParts,
  posts: readonly HeardPost[],
  { attempt, signal }: { readonly attempt: Attempt; readonly signal: AbortSignal },
): Promise<readonly Decided[]> {
  const decided: Decided[] = [];
  let open = posts;
  for (let round = 1; open.length > 0 && round <= ROUNDS; round++) {
    if (round > 1) await parts.clock.sleep(ROUND_WAIT_MS * (round - 1), signal);
    const tried = await recordRound({ ...parts, begin: () => attempt.begin() }, open, signal);
    const closed = tried.filter(({ outcome }) => outcome !== "again" || round === ROUNDS).map(toDecided);
    await seal(parts, closed);
    decided.push(...closed);
    open = tried.filter(({ outcome }) => outcome === "again").map(({ heard }) => ({ ...heard, isRepeated: true }));
  }
  return decided;
}

/** Of what is deleted nothing is written down but that it is gone. */
async function seal({ journal, onDecided }: RecorderParts, decided: readonly Decided[]): Promise<void> {
  const sealed = decided.filter(({ outcome }) => !(outcome instanceof Unavailable));
  const standing = sealed.filter(({ draft, isDropped }) => !isDropped && draft.gone === undefined);
  await appendDecisions(
    journal,
    standing.map((one) => [one.draft, toDecision(one)]),
  );
  for (const one of sealed) onDecided(one.draft, standing.includes(one) ? toDecision(one) : "gone");
}

function toDecision({ draft, outcome }: Decided): Decision {
  if (draft.ignored !== undefined) return "ignored";
  return outcome === undefined ? "recorded" : "rejected";
}
