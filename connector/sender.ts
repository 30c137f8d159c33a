import type { Clock } from "./clock.ts";
import type { Crm } from "./crm/crm.ts";
import { Misconfigured, Unavailable } from "./errors.ts";
import type { Entry, Journal } from "./journal/journal.ts";
import { openLedger, readIntent, type LedgerEntry } from "./ledger.ts";
import type { IsoTime, Key, Rejection } from "./model/glossary.ts";
import { toPostPartition } from "./model/partition.ts";
import { toPostEvent, type Post } from "./model/post.ts";
import type { Claimed, Reply, Verdict } from "./model/reply.ts";
import type { Source } from "./sources/source.ts";

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
  const { journal, crm, clock } = parts;
  const ledger = await openLedger(journal, reply.key, clock.now());
  if (ledger.page.state === "done") {
    await settle(parts, reply, ledger.page.verdict, signal);
    return;
  }

  const [claimed] = await crm.claim([reply], signal);
  if (claimed === undefined) return;
  const verdict = await publish(parts, claimed, ledger, signal);
  await ledger.close(verdict);
  await settle(parts, reply, verdict, signal);
}

async function settle(parts: SenderParts, reply: Reply, verdict: Verdict, signal: AbortSignal): Promise<void> {
  if (verdict.status === "Sent" && verdict.post !== undefined) await appendOwn(parts.journal, verdict.post);
  await parts.crm.settle(reply, verdict, signal);
  parts.onSettled(verdict);
}

async function publish(parts: SenderParts, reply: Claimed, ledger: LedgerEntry, signal: AbortSignal): Promise<Verdict> {
  const source = parts.sources.get(reply.account ?? "");
  if (reply.order === "was-sent") return await confirm(parts, source, reply, signal);
  const { since } = ledger.page;
  const before = ledger.fresh ? "absent" : await lookUp(parts, source, { reply, since }, signal);
  if (typeof before === "object") return toSent(before, reply);

  const obstacle = toObstacle(source, reply);
  const isSafe = before === "absent" || isStillIdempotent(source, since, parts.clock.now());
  if (before === "unknown" && (obstacle !== undefined || !isSafe)) return CHECKING;
  if (source?.publish === undefined || obstacle !== undefined)
    return { status: "Failed", detail: obstacle ?? NO_ACCOUNT };
  const published = await attempt(parts, async () => await source.publish?.(reply, signal), signal);
  if (published === undefined) return CHECKING;
  return "reason" in published ? { status: "Failed", detail: published.detail } : toSent(published, reply);
}

/** Did an attempt of which only the intent is left reach the network? */
async function lookUp(
  parts: SenderParts,
  source: Source | undefined,
  { reply, since }: { reply: Claimed; since: IsoTime },
  signal: AbortSignal,
): Promise<Post | "absent" | "unknown"> {
  return (await attempt(parts, async () => await source?.find?.(reply, since, signal), signal)) ?? "unknown";
}

/** What we did not foresee may have happened after the network took the post: undefined, and a person decides. */
async function attempt<T>(
  { onUnforeseen }: SenderParts,
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

const NO_ACCOUNT =
  "The account that was to send this is not connected. Ask your administrator to connect it, then retry.";

/** Why this reply cannot leave, as a sentence for the rep; undefined: nothing is in its way. */
function toObstacle(source: Source | undefined, { answered, route, text }: Claimed): string | undefined {
  if (source === undefined) return NO_ACCOUNT;
  if (source.account.mode === "listen-only" || source.publish === undefined)
    return "This account only listens: no answer may leave through it.";
  if (answered === undefined) return "The post that this answers is no longer in the CRM.";
  if (answered.visibility === "private" && route !== "Private message")
    return "A private message may only be answered privately.";
  if (text.trim() === "") return "The answer has no text.";
  return undefined;
}

/** A person says that the hanging attempt was sent: we believe it, and add the post where the network shows it. */
async function confirm(
  parts: SenderParts,
  source: Source | undefined,
  reply: Claimed,
  signal: AbortSignal,
): Promise<Verdict> {
  const since = await readIntent(parts.journal, `${reply.row}/${reply.attempt}`);
  const found = since === undefined ? "unknown" : await lookUp(parts, source, { reply, since }, signal);
  return typeof found === "object" ? toSent(found, reply) : { status: "Sent", post: undefined, at: parts.clock.now() };
}

function isStillIdempotent(source: Source | undefined, since: IsoTime, now: IsoTime): boolean {
  return Date.parse(now) - Date.parse(since) < (source?.idempotentForMs ?? 0);
}

/** Our post stands in the conversation that it answers, whoever sees it first. */
function toSent(post: Post, { answered }: Claimed): Verdict {
  const conversation = post.conversation ?? answered?.conversation;
  return { status: "Sent", post: conversation === undefined ? post : { ...post, conversation }, at: post.postedAt };
}

async function appendOwn(journal: Journal, post: Post): Promise<void> {
  const event = toPostEvent(post);
  await journal.append("posts", [{ key: event.key, partition: toPostPartition(event), value: JSON.stringify(event) }]);
}
