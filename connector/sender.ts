import type { Clock } from "./clock.ts";
import type { Crm } from "./crm/crm.ts";
import { Unavailable } from "./errors.ts";
import type { Outcome } from "./flow/consume.ts";
import type { Entry, Journal } from "./journal/journal.ts";
import { openLedger, readLedger, type LedgerPage } from "./ledger.ts";
import type { Key } from "./model/glossary.ts";
import { toPostPartition } from "./model/partition.ts";
import { toPostEvent, type Post } from "./model/post.ts";
import type { Reply, Verdict } from "./model/reply.ts";
import { parseReply } from "./sender/parse-reply.ts";
import { CHECKING, publish } from "./sender/publish.ts";
import type { Source } from "./sources/source.ts";
import { isGone } from "./tombstones.ts";

export interface SenderParts {
  readonly journal: Journal;
  readonly crm: Pick<Crm, "claim" | "settle" | "erase">;
  /** By the key of our account; undefined: we have no such account. Throws `Unavailable` where it may yet come up. */
  readonly sources: Pick<ReadonlyMap<Key, Source>, "get">;
  readonly clock: Clock;
  /** Which connector this is, among several; absent: there is but one. */
  readonly replica?: string | undefined;
  /** Are these replies still this connector's, beyond doubt? Asked just before one leaves; absent: always. */
  readonly stillOurs?: (() => boolean) | undefined;
  readonly onSettled: (verdict: Verdict) => void;
  /** A network's client failed in a way that we did not foresee. */
  readonly onUnforeseen: (error: unknown) => void;
}

/**
 * Carries replies to their network, each attempt once: the handler of the log "replies".
 *
 *   ledger     what the row may show    what happens next
 *   (none)     Queued, Sending          the row is claimed (Sending), intent is written, the answer published
 *   intent     Sending                  a crash or a time-out in between: the network is asked before anything is
 *                                       published again; what it may not show yet is put aside, and others go ahead.
 *                                       Another connector's is taken over first: all waiting counts from then
 *   done       Sending                  a crash before the verdict was written: it is written again
 */
export function openSender(parts: SenderParts) {
  /** What waits for the network comes again with all that was handed over beside it. */
  const carried = new WeakSet<Entry>();
  return async (entries: readonly Entry[], signal: AbortSignal): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (const entry of entries) {
      const outcome = carried.has(entry) ? undefined : await carry(parts, parseReply(entry.value), signal);
      if (outcome === undefined) carried.add(entry);
      outcomes.push(outcome);
    }
    return outcomes;
  };
}

async function carry(parts: SenderParts, reply: Reply, signal: AbortSignal): Promise<Outcome> {
  const { journal, crm, clock, sources } = parts;
  if (reply.order === "left") {
    await leaveToPerson(parts, reply, signal);
    return undefined;
  }
  // Asked before anything is touched: while its account may yet come up, the row stays Queued.
  const source = sources.get(reply.account ?? "");
  let verdict = toKnownVerdict(await readLedger(journal, reply.key));
  if (verdict === undefined) {
    const [claimed] = await crm.claim([reply], signal);
    if (claimed === undefined) return undefined;
    const triedMs = clock.monotonicMs();
    const ledger = await openLedger(journal, reply.key, { now: clock.now(), by: parts.replica });
    // Whoever was at it has just ended it.
    verdict = toKnownVerdict(ledger.page);
    if (verdict === undefined) {
      const ended = await publish({ ...parts, source, ledger, triedMs }, claimed, signal);
      if (ended instanceof Unavailable) return ended;
      verdict = ended.verdict;
      // Our post first: the ledger does not keep its words.
      if (ended.post !== undefined) await appendOwn(journal, ended.post);
      await ledger.close(verdict);
    }
  }
  await crm.settle(reply, verdict, signal);
  await eraseTaken(parts, verdict, signal);
  parts.onSettled(verdict);
  return undefined;
}

/** Whoever was at it had another journal, and that is lost: it may have gone out, and only a person can find out. */
async function leaveToPerson(parts: SenderParts, reply: Reply, signal: AbortSignal): Promise<void> {
  const attempt = `${reply.row}/${reply.attempt}`;
  if ((await parts.journal.knows("replies", attempt)) || (await readLedger(parts.journal, attempt))) return;
  await parts.crm.settle(reply, CHECKING, signal);
  parts.onSettled(CHECKING);
}

/** Our post may have been deleted before the reply's row said that it is ours: whoever comes last takes the words away. */
async function eraseTaken({ journal, crm }: SenderParts, verdict: Verdict, signal: AbortSignal): Promise<void> {
  if (verdict.status !== "Sent" || verdict.post === undefined) return;
  const at = await isGone(journal, verdict.post);
  if (at !== undefined) await crm.erase([{ key: verdict.post, at }], signal);
}

function toKnownVerdict(page: LedgerPage | undefined): Verdict | undefined {
  const verdict = page?.verdict;
  return verdict?.status === "Sent" ? { ...verdict, post: verdict.post } : verdict;
}

async function appendOwn(journal: Journal, post: Post): Promise<void> {
  const event = toPostEvent(post);
  const entry = {
    key: event.key,
    partition: toPostPartition(event, false, journal.partitions),
    value: JSON.stringify(event),
  };
  await journal.append("posts", [entry], "consequence");
}
