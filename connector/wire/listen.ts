import { toAccountName, type AccountConfig } from "../config.ts";
import { Misconfigured, Stopped, type Unavailable } from "../errors.ts";
import { ingest } from "../flow/ingest.ts";
import { untilAvailable } from "../flow/retry.ts";
import type { Key } from "../model/glossary.ts";
import { PARTITIONS } from "../model/partition.ts";
import type { PostEvent } from "../model/post.ts";
import { openSource } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { toPartState, type Parts } from "./parts.ts";
import { toPostEntry } from "./post-entry.ts";
import { toTokenStore } from "./token-store.ts";

const RETRY_MS = 10 * 60_000;

/** One of our accounts: opened as soon as its network answers, then each of its feeds is heard into the journal. */
export async function listen(parts: Parts, account: AccountConfig, signal: AbortSignal): Promise<void> {
  const { config, clock, telemetry, board, sources, reporter } = parts;
  const name = toAccountName(account);
  board.set(name, "starting");
  const log = telemetry.log.child({ source: name });
  const isOurs = (persona: Key): boolean => sources.has(persona);
  const tokenStore = toTokenStore(parts.journal, account);
  const open = () => openSource(account, { clock, log, isOurs, tokenStore }).catch(toStop(parts));
  await using source = await untilAvailable(clock, signal, open, (wait) =>
    board.set(name, toPartState(wait), wait.message),
  );
  sources.set(source.account.key, source);
  parts.lanes.set(source.account.key, config.accounts.indexOf(account) % PARTITIONS);
  reporter.watch(source.account);
  board.set(name, "up");
  const feeds = Object.keys(source.feeds).map((feed) => hear(parts, { source, feed, name }, signal));
  await Promise.all([...feeds, parts.rechecker.run(source, signal)]);
}

/** The only account there is stops the service; one of several stands still by itself until its setting is mended. */
function toStop({ config, telemetry }: Parts): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Misconfigured) || config.accounts.length === 1) throw error;
    telemetry.log.error({ err: error }, "An account cannot be opened");
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
