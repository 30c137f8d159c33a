import { once } from "node:events";
import { toAccountName, type AccountConfig } from "../config.ts";
import { Disconnected, Misconfigured, Stopped, type Unavailable } from "../errors.ts";
import { ingest } from "../flow/ingest.ts";
import { untilAvailable } from "../flow/retry.ts";
import { sideBySide } from "../flow/side-by-side.ts";
import type { Account } from "../model/account.ts";
import type { Key } from "../model/glossary.ts";
import type { PostEvent } from "../model/post.ts";
import { openSource } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { forgetUnwanted } from "./forget-feed.ts";
import { toHeard } from "./heard.ts";
import { keepKnownAccount, readKnownAccount } from "./known-account.ts";
import { isHeardHere, toPartState, type Parts } from "./parts.ts";
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
  for (;;) {
    using wish = openWish(inUse, account, known?.key);
    const round = AbortSignal.any([signal, wish.changed]);
    try {
      await using source = await open(parts, { account, name, known, wish }, round);
      const isNew = known?.key !== source.account.key;
      known = source.account;
      // Whose words these were was not known before.
      if (isNew && !hasSameWords(parts, account, wish, known.key)) continue;
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
  const lane = toLane(parts, name);
  if (known !== undefined) parts.lanes.set(known.key, lane);
  const mayRefresh = (): boolean => parts.shares.held.has(lane);
  const surroundings = { clock, log, isOurs, tokenStore, mayRefresh, heard: toHeard(parts.journal) };
  const openOnce = () => openSource(settings, surroundings).catch(toStop(parts, known !== undefined));
  return await untilAvailable(clock, signal, openOnce, (wait) => {
    board.set(name, toPartState(wait), wait.message);
    if (known !== undefined && isHeardHere(parts, known.key)) reporter.waits(known, OPENING, wait);
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
  const { clock, board, sources, journal, shares } = parts;
  const { source, name } = heard;
  await untilAvailable(clock, signal, () => keepKnownAccount(journal, name, source.account));
  const lane = toLane(parts, name);
  parts.lanes.set(source.account.key, lane);
  sources.set(source.account.key, source);
  parts.reporter.watch(source.account);
  board.set(name, "up");
  await shares.each(async (share, held) => {
    if (share === lane) await hearOurs(parts, heard, held);
  }, signal);
}

/** Where the account's replies lie; whoever holds this share hears it. */
export function toLane({ config, journal }: Parts, name: string): number {
  return config.accounts.findIndex((account) => toAccountName(account) === name) % journal.partitions;
}

/** One connector hears the account: all others send through it and read what is said around it. */
async function hearOurs(parts: Parts, heard: Heard, signal: AbortSignal): Promise<void> {
  const { board, reporter, rechecker } = parts;
  const { source, name } = heard;
  reporter.heard(source.account, OPENING, undefined);
  await forgetUnwanted(parts, heard, signal);
  const names = Object.keys(source.feeds);
  const feeds = names.map((feed) => (held: AbortSignal) => hear(parts, heard, feed, held));
  try {
    await sideBySide([...feeds, (held) => rechecker.run(source, held)], signal);
  } finally {
    for (const feed of names) board.drop(`${name} (${feed})`);
  }
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
