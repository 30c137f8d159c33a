import type { Clock } from "../../clock.ts";
import { Misconfigured } from "../../errors.ts";
import type { Feed } from "../../flow/feed.ts";
import type { Account } from "../../model/account.ts";
import type { Key } from "../../model/glossary.ts";
import type { PostEvent } from "../../model/post.ts";
import type { Log } from "../../telemetry.ts";
import { toWordSearch } from "../matched-words.ts";
import { SETTLED_AFTER_MS } from "../replying/look-up.ts";
import { toTimelessRoutes } from "../replying/routes.ts";
import type { Source } from "../source.ts";
import { openToken, toTokenRemedy } from "./access.ts";
import type { Access } from "./access.ts";
import { openClient } from "./client.ts";
import { toFeed } from "./feed.ts";
import { find } from "./find.ts";
import { identifyUs } from "./identify-us.ts";
import { readInstance } from "./instance.ts";
import { NETWORK } from "./keys.ts";
import { readLacks } from "./lacks.ts";
import { toNotifications, toOwn, toWords } from "./lanes.ts";
import type { Lane } from "./feed.ts";
import { publish } from "./publish.ts";
import { toReader } from "./reader.ts";
import { toRecheck } from "./recheck.ts";
import { toPublicBlock } from "./routes.ts";
import { readThread } from "./thread.ts";

/** Servers remember an idempotency key for an hour; the rest is for a slow request and clocks that differ. */
const IDEMPOTENT_FOR_MS = 50 * 60_000;

/** They remember it only when the post stands, so a repetition beside a try that is still under way would be a second post. */
const TRY_ENDS_AFTER_MS = 10_000;

export interface MastodonOptions extends Access {
  /** Where the API is: `https://social.example`. */
  readonly url: string;
  /** false: this server takes no notice of the key that makes a repeated publish one post. */
  readonly idempotencyKeys?: boolean | undefined;
  /** A listener's words; none: the public timeline is not listened to. */
  readonly words: readonly string[];
  readonly mode: Account["mode"];
  /** Whether a persona is an account of ours, this one or another: each tells of itself. Without it there is no other. */
  readonly isOurs?: (persona: Key) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Our account on a server that speaks the Mastodon API. Throws `Misconfigured` where the address or the token is wrong,
 * `Unavailable` where the server cannot be reached now. Disposing of it ends its feeds.
 */
export async function openMastodon(options: MastodonOptions): Promise<Source & AsyncDisposable> {
  const { clock, log } = options;
  const url = toBaseUrl(options.url);
  const remedy = toTokenRemedy(url, options);
  const life = new AbortController();
  const token = await openToken({ ...options, url, remedy });
  const ask = openClient({ url, token, remedy, clock });
  const instance = await readInstance(url, ask, life.signal);
  const { account, ourId } = await identifyUs(ask, instance, options.mode, life.signal);
  const us = { domain: instance.domain, account, ourId, findWords: toWordSearch(options.words) };
  const read = toReader(us, clock, log);
  const link = { ask, us, read, clock };
  const isSibling = (persona: Key) => persona !== account.key && options.isOurs?.(persona) === true;
  const lanes = { ...link, isSibling };

  const open = (lane: Lane): Feed<PostEvent> => {
    const feed = toFeed(lane, { streamingUrl: instance.streamingUrl, token, clock });
    return (cursor, signal) => feed(cursor, AbortSignal.any([signal, life.signal]));
  };
  return {
    network: NETWORK,
    account,
    feeds: {
      notifications: open(toNotifications(lanes)),
      own: open(toOwn(lanes)),
      ...(options.words.length === 0 ? {} : { words: open(toWords(lanes)) }),
    },
    recheck: toRecheck(link),
    lacks: (signal) => readLacks(ask, options.mode, signal),
    thread: (post, signal) => readThread(post, link, signal),
    routes: toTimelessRoutes(account, { publicly: toPublicBlock, privately: () => undefined }),
    publish: (reply, signal, leave) => publish(reply, { ...link, leave }, signal),
    ...(options.idempotencyKeys === false ? {} : { idempotentForMs: IDEMPOTENT_FOR_MS }),
    tryEndsAfterMs: TRY_ENDS_AFTER_MS,
    find: (reply, tries, signal) => find(reply, tries, link, signal),
    readDelayMs: SETTLED_AFTER_MS,
    [Symbol.asyncDispose]: async () => {
      life.abort();
      await token[Symbol.asyncDispose]();
    },
  };
}

function toBaseUrl(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url).origin;
  throw new Misconfigured("`url` of a Mastodon account must be an address such as https://social.example");
}
