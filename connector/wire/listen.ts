import { toAccountName, type AccountConfig } from "../config.ts";
import { Disconnected, Misconfigured, Stopped, type Unavailable } from "../errors.ts";
import { ingest } from "../flow/ingest.ts";
import { untilAvailable } from "../flow/retry.ts";
import type { Key } from "../model/glossary.ts";
import { PARTITIONS } from "../model/partition.ts";
import type { PostEvent } from "../model/post.ts";
import { openSource } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { keepKnownAccount, readKnownAccount } from "./known-account.ts";
import { toPartState, type Parts } from "./parts.ts";
import { toPostEntry } from "./post-entry.ts";
import { toTokenStore } from "./token-store.ts";

const RETRY_MS = 10 * 60_000;
/** What an account waits for before any of its feeds. */
const OPENING = "opening";

/** One of our accounts: opened as soon as its network answers, then each of its feeds is heard into the journal. */
export async function listen(parts: Parts, account: AccountConfig, signal: AbortSignal): Promise<void> {
  const { config, clock, telemetry, board, sources, reporter } = parts;
  const name = toAccountName(account);
  board.set(name, "starting");
  const log = telemetry.log.child({ source: name });
  const isOurs = (persona: Key): boolean => sources.has(persona);
  const tokenStore = toTokenStore(parts.journal, account);
  const known = await untilAvailable(clock, signal, () => readKnownAccount(parts.journal, name));
  const open = () => openSource(account, { clock, log, isOurs, tokenStore }).catch(toStop(parts, known !== undefined));
  await using source = await untilAvailable(clock, signal, open, (wait) => {
    board.set(name, toPartState(wait), wait.message);
    if (known !== undefined) reporter.waits(known, OPENING, wait);
  });
  await untilAvailable(clock, signal, () => keepKnownAccount(parts.journal, name, source.account));
  sources.set(source.account.key, source);
  parts.lanes.set(source.account.key, config.accounts.indexOf(account) % PARTITIONS);
  reporter.heard(source.account, OPENING, undefined);
  board.set(name, "up");
  const feeds = Object.keys(source.feeds).map((feed) => hear(parts, { source, feed, name }, signal));
  await Promise.all([...feeds, parts.rechecker.run(source, signal)]);
}

/**
 * The only account there is stops the service, so that whoever sets it up is told at once; one of several, and one that was
 * let in before, stands still by itself until its setting is mended.
 */
function toStop({ config, telemetry }: Parts, wasOpen: boolean): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Misconfigured)) throw error;
    const isShutOut = wasOpen && error.cause instanceof Disconnected;
    if (config.accounts.length === 1 && !isShutOut) throw error;
    telemetry.log.error({ err: error }, "An account cannot be opened");
    if (error.cause instanceof Disconnected) throw error.cause;
    throw new Stopped(error.message, { cause: error, retryAfterMs: RETRY_MS });
  };
}

/** One feed waits by itself: the others are heard meanwhile. */
async function hear(
  parts: Parts,
  { source, feed, name }: { readonly source: Source; readonly feed: string; readonly name: string },
  signal: AbortSignal,
): Promise<void> {
  const { clock, journal, telemetry, board, reporter, coverage } = parts;
  const { account, network } = source;
  const pages = source.feeds[feed];
  if (pages === undefined) return;
  const heard = telemetry.metrics.postsHeard.labels({ network, account: account.handle });
  await ingest<PostEvent>(
    {
      journal,
      clock,
      log: "posts",
      name: `${account.key}/${feed}`,
      feed: pages,
      toEntry: (event) => toPostEntry(event, parts),
      onPage({ items, heardUntil, interrupted }) {
        heard.inc(items.length);
        reporter.heard(account, feed, heardUntil, interrupted?.detail);
        board.set(`${name} (${feed})`, "up", interrupted?.detail);
      },
      onWait(wait: Unavailable) {
        reporter.waits(account, feed, wait);
        board.set(`${name} (${feed})`, toPartState(wait), wait.message);
      },
      onMark: (mark) => coverage.note(account, feed, mark),
    },
    signal,
  );
}
