import type { AccountConfig } from "../config.ts";
import { Misconfigured, Stopped, type Unavailable } from "../errors.ts";
import { ingest } from "../flow/ingest.ts";
import { untilAvailable } from "../flow/retry.ts";
import type { Key } from "../model/glossary.ts";
import { PARTITIONS, toPostPartition } from "../model/partition.ts";
import type { PostEvent } from "../model/post.ts";
import { sources as networks } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { toPartState, type Parts } from "./parts.ts";

const RETRY_MS = 10 * 60_000;

/** One of our accounts: opened as soon as its network answers, then each of its feeds is heard into the journal. */
export async function listen(parts: Parts, account: AccountConfig, signal: AbortSignal): Promise<void> {
  const { config, clock, telemetry, board, sources, reporter } = parts;
  // Two accounts may live on one instance: the name of the token's variable tells them apart.
  const name = `${account.network} ${account.url} ${account.tokenEnv}`;
  board.set(name, "starting");
  const log = telemetry.log.child({ source: name });
  const isOurs = (persona: Key): boolean => sources.has(persona);
  const open = () => networks[account.network]({ ...account, clock, log, isOurs }).catch(toStop(parts));
  await using source = await untilAvailable(clock, signal, open, (wait) =>
    board.set(name, toPartState(wait), wait.message),
  );
  sources.set(source.account.key, source);
  parts.lanes.set(source.account.key, config.accounts.indexOf(account) % PARTITIONS);
  reporter.watch(source.account);
  board.set(name, "up");
  await Promise.all(Object.keys(source.feeds).map((feed) => hear(parts, { source, feed, name }, signal)));
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
  { clock, journal, telemetry, board, reporter }: Parts,
  { source, feed, name }: { readonly source: Source; readonly feed: string; readonly name: string },
  signal: AbortSignal,
): Promise<void> {
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
      toEntry: (event) => ({ key: event.key, partition: toPostPartition(event), value: JSON.stringify(event) }),
      onPage({ items, heardUntil }) {
        heard.inc(items.length);
        reporter.heard(account, heardUntil);
        board.set(`${name} (${feed})`, "up");
      },
      onWait(wait: Unavailable) {
        reporter.fares(account, "Degraded", wait.message);
        board.set(`${name} (${feed})`, "waiting", wait.message);
      },
    },
    signal,
  );
}
