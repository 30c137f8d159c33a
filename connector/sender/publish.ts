import type { Clock } from "../clock.ts";
import { Misconfigured, Taken, Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import { isOfAnotherRow, readLedger, type LedgerEntry, type LedgerPage } from "../ledger.ts";
import type { Key } from "../model/glossary.ts";
import type { Post } from "../model/post.ts";
import type { Claimed, Verdict } from "../model/reply.ts";
import type { Source } from "../sources/source.ts";
import { toObstacle } from "./obstacle.ts";
import { toLeave } from "./to-leave.ts";

/** One attempt at its counter. */
export interface Counter {
  readonly journal: Journal;
  readonly clock: Clock;
  /** Where it is to be published; undefined: we have no such account. */
  readonly source: Source | undefined;
  readonly ledger: LedgerEntry;
  /** By our monotonic clock, from before the ledger said that it is tried. */
  readonly triedMs: number;
  readonly stillOurs?: (() => boolean) | undefined;
  readonly onUnforeseen: (error: unknown) => void;
}

/** How an attempt ended, and our post where there is one. */
export interface Ended {
  readonly verdict: Verdict;
  readonly post?: Post;
}

export const CHECKING: Verdict = {
  status: "Checking",
  detail:
    "We could not learn from the network whether this answer was published. Look at the conversation there, then choose " +
    "“It was sent” or “Send again”.",
};

/**
 * Publishes the reply, but never twice: what an earlier try may have published is looked up first. As long as the network may
 * not show it yet, an `Unavailable` is returned, for this reply alone; when it cannot tell even then, a person decides.
 */
export async function publish(counter: Counter, reply: Claimed, signal: AbortSignal): Promise<Ended | Unavailable> {
  const { source, ledger, clock, stillOurs = () => true } = counter;
  let sinceMs = counter.triedMs;
  if (reply.order === "was-sent") return await confirm(counter, reply, signal);
  const before = await lookBefore(counter, reply, signal);
  if (typeof before === "object") return toSent(before, reply);

  const obstacle = toObstacle(source, reply);
  if (before === "unknown" && (obstacle !== undefined || !isStillIdempotent(counter, reply)))
    return untilShown(counter) ?? { verdict: CHECKING };
  if (before === "unknown" && obstacle === undefined) {
    const wait = untilEnded(counter);
    if (wait !== undefined) return wait;
  }
  if (obstacle !== undefined) return { verdict: { status: "Failed", detail: obstacle } };
  if (!ledger.fresh) {
    sinceMs = clock.monotonicMs();
    await ledger.trying(clock.now());
  }
  const leave = toLeave({ clock, sinceMs, stillOurs });
  const published = await attempt(counter, async () => await source?.publish?.(reply, signal, leave), signal);
  if (published === undefined) return { verdict: CHECKING };
  return "reason" in published ? { verdict: { status: "Failed", detail: published.detail } } : toSent(published, reply);
}

/** What became of an attempt of which only the intent is left. */
async function lookBefore(counter: Counter, reply: Claimed, signal: AbortSignal): Promise<Post | "absent" | "unknown"> {
  const { ledger } = counter;
  if (ledger.fresh || reply.refused?.mayBeOut === false) return "absent";
  return await lookUp(counter, { reply, page: ledger.page }, signal);
}

async function lookUp(
  { source, ...parts }: Counter,
  { reply, page }: { readonly reply: Claimed; readonly page: LedgerPage },
  signal: AbortSignal,
): Promise<Post | "absent" | "unknown"> {
  const isOthers = (post: Key): Promise<boolean> => isOfAnotherRow(parts.journal, post, reply.row);
  const tries = { first: page.since, last: page.triedAt, isOthers };
  return (await attempt(parts, async () => await source?.find?.(reply, tries, signal), signal)) ?? "unknown";
}

/** What we did not foresee may have happened after the network took the post: undefined, and a person decides. */
async function attempt<T>(
  { onUnforeseen }: Pick<Counter, "onUnforeseen">,
  action: () => Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    const isForeseen = [Unavailable, Misconfigured, Taken].some((kind) => error instanceof kind);
    if (signal.aborted || isForeseen) throw error;
    onUnforeseen(error);
    return undefined;
  }
}

/** Until the network must show what it took; undefined: it knows no more by then. */
function untilShown(counter: Counter): Unavailable | undefined {
  const { source } = counter;
  return source?.find === undefined ? undefined : toWait(counter, source.readDelayMs);
}

/** Until the try that was cut off can no longer be under way; undefined: it cannot. */
function untilEnded(counter: Counter): Unavailable | undefined {
  return toWait(counter, counter.source?.tryEndsAfterMs);
}

function toWait({ ledger, clock }: Counter, sinceTriedMs = 0): Unavailable | undefined {
  const retryAfterMs = Date.parse(ledger.page.triedAt) + sinceTriedMs - Date.parse(clock.now());
  if (retryAfterMs <= 0) return undefined;
  return new Unavailable("The network does not show yet whether it took an answer", { retryAfterMs });
}

/** What began after our present has another clock than ours: how long ago it was, nobody knows. */
function isStillIdempotent({ source, ledger, clock }: Counter, { route }: Claimed): boolean {
  const idempotent = source?.idempotentForMs;
  const forMs = (typeof idempotent === "object" ? idempotent[route] : idempotent) ?? 0;
  const sinceMs = Date.parse(clock.now()) - Date.parse(ledger.page.since);
  return forMs === Infinity || (sinceMs >= 0 && sinceMs < forMs);
}

/** A person says that the hanging attempt was sent: we believe it, and add the post where the network shows it. */
async function confirm(counter: Counter, reply: Claimed, signal: AbortSignal): Promise<Ended> {
  const page = await readLedger(counter.journal, `${reply.row}/${reply.attempt}`);
  const found = page === undefined ? "unknown" : await lookUp(counter, { reply, page }, signal);
  if (typeof found === "object") return toSent(found, reply);
  return { verdict: { status: "Sent", post: undefined, at: counter.clock.now() } };
}

/** Our post stands in the conversation that it answers, whoever sees it first. */
function toSent(post: Post, { answered }: Claimed): Ended {
  const conversation = post.conversation ?? answered?.conversation;
  const publicText = post.visibility === "public" ? { publicText: post.text } : {};
  return {
    verdict: { status: "Sent", post: post.key, ...publicText, at: post.postedAt },
    post: conversation === undefined ? post : { ...post, conversation },
  };
}
