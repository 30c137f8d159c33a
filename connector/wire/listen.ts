import { once } from "node:events";
import { toAccountName, type AccountConfig } from "../config.ts";
import { Disconnected, Misconfigured, Stopped, type Unavailable } from "../errors.ts";
import { ingest } from "../flow/ingest.ts";
import { untilAvailable } from "../flow/retry.ts";
import type { Account } from "../model/account.ts";
import type { Key } from "../model/glossary.ts";
import { PARTITIONS } from "../model/partition.ts";
import type { PostEvent } from "../model/post.ts";
import { openSource } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { forgetFeed } from "./forget-feed.ts";
import { toHeard } from "./heard.ts";
import { keepKnownAccount, readKnownAccount } from "./known-account.ts";
import { toPartState, type Parts } from "./parts.ts";
import { toPostEntry } from "./post-entry.ts";
import { toTokenStore } from "./token-store.ts";
import { toWanted } from "./wanted.ts";
import { openWish, type Wish } from "./words.ts";

const RETRY_MS = 10 * 60_000;
/** What an account waits for before any of its feeds. */
const OPENING = "opening";

/**
 * One of our accounts: opened as soon as its network answers, then each of its feeds is heard into the journal. When the
 * words that it listens for change it is opened anew, and each feed goes on where it stood.
 */
export async function listen(parts: Parts, account: AccountConfig, signal: AbortSignal): Promise<void> {
  const { clock, board, journal, inUse } = parts;
  const name = toAccountName(account);
  board.set(name, "starting");
  let known = await untilAvailable(clock, signal, () => readKnownAccount(journal, name));
  let feeds: readonly string[] = [];
  for (;;) {
    using wish = openWish(inUse, account, known?.key);
    const round = AbortSignal.any([signal, wish.changed]);
    try {
      await using source = await open(parts, { account, name, known, wish }, round);
      const isNew = known?.key !== source.account.key;
      known = source.account;
      // Whose words these were was not known before.
      if (isNew && !hasSameWords(parts, account, wish, known.key)) continue;
      for (const feed of feeds.filter((feed) => !(feed in source.feeds)))
        await forgetFeed(parts, known, { feed, name }, signal);
      feeds = Object.keys(source.feeds);
      await hearAll(parts, { source, name, wish }, round);
      // What has no feeds, as a webhook, stays open all the same.
      if (!round.aborted) await once(round, "abort");
    } catch (error) {
      if (signal.aborted || !wish.changed.aborted) throw error;
    }
    if (signal.aborted) return;
  }
}

function hasSameWords({ inUse }: Parts, account: AccountConfig, wish: Wish, key: Key): boolean {
  using now = openWish(inUse, account, key);
  return now.words.join("\n") === wish.words.join("\n");
}

interface Opening {
  readonly account: AccountConfig;
  readonly name: string;
  /** Who it was when it was opened last. */
  readonly known: Account | undefined;
  readonly wish: Wish;
}

async function open(parts: Parts, { account, name, known, wish }: Opening, signal: AbortSignal) {
  const { clock, telemetry, board, sources, reporter } = parts;
  const log = telemetry.log.child({ source: name });
  const isOurs = (persona: Key): boolean => sources.has(persona);
  const tokenStore = toTokenStore(parts.journal, account);
  const settings = "words" in account ? { ...account, words: wish.words } : account;
  const openOnce = () =>
    openSource(settings, { clock, log, isOurs, tokenStore, heard: toHeard(parts.journal) }).catch(
      toStop(parts, known !== undefined),
    );
  return await untilAvailable(clock, signal, openOnce, (wait) => {
    board.set(name, toPartState(wait), wait.message);
    if (known !== undefined) reporter.waits(known, OPENING, wait);
  });
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

interface Heard {
  readonly source: Source;
  readonly name: string;
  readonly wish: Wish;
}

async function hearAll(parts: Parts, heard: Heard, signal: AbortSignal): Promise<void> {
  const { config, clock, board, sources, reporter, journal } = parts;
  const { source, name } = heard;
  await untilAvailable(clock, signal, () => keepKnownAccount(journal, name, source.account));
  sources.set(source.account.key, source);
  parts.lanes.set(
    source.account.key,
    config.accounts.findIndex((account) => toAccountName(account) === name) % PARTITIONS,
  );
  reporter.heard(source.account, OPENING, undefined);
  board.set(name, "up");
  const feeds = Object.keys(source.feeds).map((feed) => hear(parts, heard, feed, signal));
  await Promise.all([...feeds, parts.rechecker.run(source, signal)]);
}

/** One feed waits by itself: the others are heard meanwhile. */
async function hear(parts: Parts, { source, name, wish }: Heard, feed: string, signal: AbortSignal): Promise<void> {
  const { clock, journal, telemetry, board, reporter, coverage, read } = parts;
  const { account, network } = source;
  const pages = source.feeds[feed];
  if (pages === undefined) return;
  const labels = { network, account: account.handle };
  const heard = telemetry.metrics.postsHeard.labels(labels);
  await ingest<PostEvent>(
    {
      journal,
      clock,
      log: "posts",
      name: `${account.key}/${feed}`,
      feed: toWanted(pages, {
        journal,
        isWanted: (post) => wish.isWanted(post, () => read(post).language),
        onUnwanted: () => telemetry.metrics.postsUnwanted.inc(labels),
      }),
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
