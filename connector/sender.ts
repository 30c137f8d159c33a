import type { Clock } from "./clock.ts";
import type { Crm } from "./crm/crm.ts";
import { Misconfigured, Unavailable } from "./errors.ts";
import type { Entry, Journal } from "./journal/journal.ts";
import { openLedger, readLedger, type LedgerEntry, type LedgerPage } from "./ledger.ts";
import type { IsoTime, Key, Rejection } from "./model/glossary.ts";
import { toPostPartition } from "./model/partition.ts";
import { toPostEvent, type Post } from "./model/post.ts";
import type { Claimed, Reply, Verdict } from "./model/reply.ts";
import type { Source } from "./sources/source.ts";
import { isGone } from "./tombstones.ts";

export interface SenderParts {
  readonly journal: Journal;
  readonly crm: Crm;
  /** By the key of our account; undefined: we have no such account. Throws `Unavailable` where it may yet come up. */
  readonly sources: Pick<ReadonlyMap<Key, Source>, "get">;
  readonly clock: Clock;
  readonly onSettled: (verdict: Verdict) => void;
  /** A network's client failed in a way that we did not foresee. */
  readonly onUnforeseen: (error: unknown) => void;
}

const CHECKING: Verdict = {
  status: "Checking",
  detail:
    "We could not learn from the network whether this answer was published. Look at the conversation there, then choose " +
    "“It was sent” or “Send again”.",
};

/**
 * Carries replies to their network, each attempt once: the handler of the log "replies".
 *
 *   ledger     what the row may show    what happens next
 *   (none)     Queued                   intent is written, the row is claimed (Sending), the answer published
 *   intent     Queued, Sending          a crash in between: the network is asked before anything is published again
 *   done       Sending                  a crash before the verdict was written: it is written again
 */
export function openSender(parts: SenderParts) {
  return async (entries: readonly Entry[], signal: AbortSignal): Promise<readonly (undefined | Rejection)[]> => {
    for (const { value } of entries) await carry(parts, JSON.parse(value) as Reply, signal);
    return entries.map(() => undefined);
  };
}

async function carry(parts: SenderParts, reply: Reply, signal: AbortSignal): Promise<void> {
  const { journal, crm, clock, sources } = parts;
  // Asked before anything is touched: while its account may yet come up, the row stays Queued.
  const source = sources.get(reply.account ?? "");
  const ledger = await openLedger(journal, reply.key, clock.now());
  let verdict = toKnownVerdict(ledger);
  if (verdict === undefined) {
    const [claimed] = await crm.claim([reply], signal);
    if (claimed === undefined) return;
    const outcome = await publish({ ...parts, source, ledger }, claimed, signal);
    verdict = outcome.verdict;
    // Our post first: the ledger does not keep its words.
    if (outcome.post !== undefined) await appendOwn(journal, outcome.post);
    await ledger.close(verdict);
  }
  await crm.settle(reply, verdict, signal);
  await eraseTaken(parts, verdict, signal);
  parts.onSettled(verdict);
}

/** Our post may have been deleted before the reply's row said that it is ours: whoever comes last takes the words away. */
async function eraseTaken({ journal, crm }: SenderParts, verdict: Verdict, signal: AbortSignal): Promise<void> {
  if (verdict.status !== "Sent" || verdict.post === undefined) return;
  const at = await isGone(journal, verdict.post);
  if (at !== undefined) await crm.erase([{ key: verdict.post, at }], signal);
}

function toKnownVerdict({ page: { verdict } }: LedgerEntry): Verdict | undefined {
  return verdict?.status === "Sent" ? { ...verdict, post: verdict.post } : verdict;
}

/** One attempt at its counter. */
interface Counter extends SenderParts {
  readonly source: Source | undefined;
  readonly ledger: LedgerEntry;
}

interface Outcome {
  readonly verdict: Verdict;
  readonly post?: Post;
}

async function publish(counter: Counter, reply: Claimed, signal: AbortSignal): Promise<Outcome> {
  const { source, ledger, clock } = counter;
  if (reply.order === "was-sent") return await confirm(counter, reply, signal);
  const before = await lookBefore(counter, reply, signal);
  if (typeof before === "object") return toSent(before, reply);

  const obstacle = toObstacle(source, reply);
  if (before === "unknown" && (obstacle !== undefined || !isStillIdempotent(source, ledger.page.since, clock.now())))
    return { verdict: CHECKING };
  if (obstacle !== undefined) return { verdict: { status: "Failed", detail: obstacle } };
  if (!ledger.fresh) await ledger.trying(clock.now());
  const published = await attempt(counter, async () => await source?.publish?.(reply, signal), signal);
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
  const tries = { first: page.since, last: page.triedAt };
  return (await attempt(parts, async () => await source?.find?.(reply, tries, signal), signal)) ?? "unknown";
}

/** What we did not foresee may have happened after the network took the post: undefined, and a person decides. */
async function attempt<T>(
  { onUnforeseen }: Pick<SenderParts, "onUnforeseen">,
  action: () => Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (signal.aborted || error instanceof Unavailable || error instanceof Misconfigured) throw error;
    onUnforeseen(error);
    return undefined;
  }
}

/** Why this reply cannot leave, as a sentence for the rep; undefined: nothing is in its way. */
function toObstacle(source: Source | undefined, { answered, route, text, refused }: Claimed): string | undefined {
  if (source === undefined)
    return "The account that was to send this is not connected. Ask your administrator to connect it, then retry.";
  if (source.account.mode === "listen-only" || source.publish === undefined)
    return "This account only listens: no answer may leave through it.";
  if (refused !== undefined) return refused.detail;
  if (answered === undefined) return "The post that this answers is no longer in the CRM.";
  if (answered.visibility === "private" && route !== "Private message")
    return "A private message may only be answered privately.";
  if (text.trim() === "") return "The answer has no text.";
  return undefined;
}

/** A person says that the hanging attempt was sent: we believe it, and add the post where the network shows it. */
async function confirm(counter: Counter, reply: Claimed, signal: AbortSignal): Promise<Outcome> {
  const page = await readLedger(counter.journal, `${reply.row}/${reply.attempt}`);
  const found = page === undefined ? "unknown" : await lookUp(counter, { reply, page }, signal);
  if (typeof found === "object") return toSent(found, reply);
  return { verdict: { status: "Sent", post: undefined, at: counter.clock.now() } };
}

function isStillIdempotent(source: Source | undefined, since: IsoTime, now: IsoTime): boolean {
  return Date.parse(now) - Date.parse(since) < (source?.idempotentForMs ?? 0);
}

/** Our post stands in the conversation that it answers, whoever sees it first. */
function toSent(post: Post, { answered }: Claimed): Outcome {
  const conversation = post.conversation ?? answered?.conversation;
  const publicText = post.visibility === "public" ? { publicText: post.text } : {};
  return {
    verdict: { status: "Sent", post: post.key, ...publicText, at: post.postedAt },
    post: conversation === undefined ? post : { ...post, conversation },
  };
}

async function appendOwn(journal: Journal, post: Post): Promise<void> {
  const event = toPostEvent(post);
  await journal.append("posts", [
    { key: event.key, partition: toPostPartition(event, false), value: JSON.stringify(event) },
  ]);
}
