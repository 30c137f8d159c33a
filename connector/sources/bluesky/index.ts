import type { Clock } from "../../clock.ts";
import type { Feed } from "../../flow/feed.ts";
import type { Account } from "../../model/account.ts";
import type { Key } from "../../model/glossary.ts";
import type { PostEvent } from "../../model/post.ts";
import type { Log } from "../../telemetry.ts";
import { NOTHING_HEARD } from "../heard.ts";
import type { Heard } from "../heard.ts";
import { toWordSearch } from "../matched-words.ts";
import { SETTLED_AFTER_MS } from "../replying/look-up.ts";
import { toTimelessRoutes } from "../replying/routes.ts";
import type { Source } from "../source.ts";
import { openClient } from "./client.ts";
import { find } from "./find.ts";
import { identifyUs } from "./identify-us.ts";
import { toJetstream } from "./jetstream/feed.ts";
import { openTold } from "./jetstream/told.ts";
import type { Told } from "./jetstream/told.ts";
import { NETWORK } from "./keys.ts";
import { readLacks } from "./lacks.ts";
import { toMessages } from "./messages.ts";
import { toNotifications } from "./notifications.ts";
import { openProfiles } from "./profiles.ts";
import { publish } from "./publish.ts";
import { toReader } from "./reader.ts";
import { toRecheck } from "./recheck.ts";
import { toPrivateBlock, toPublicBlock } from "./routes.ts";
import { openSession } from "./session.ts";
import type { Access } from "./session.ts";
import { readThread } from "./thread.ts";

export interface BlueskyOptions extends Access {
  /** The public stream of posts: a Jetstream of version 2. */
  readonly jetstream: string;
  /** The directory that says where accounts are. */
  readonly plc: string;
  /** false: private messages are not listened to. */
  readonly messages: boolean;
  /** A listener's words. */
  readonly words: readonly string[];
  readonly mode: Account["mode"];
  /** Whether a persona is an account of ours, this one or another: each tells of itself. Without it there is no other. */
  readonly isOurs?: (persona: Key) => boolean;
  /** Without it only what was told since the start is known to have been told. */
  readonly heard?: Heard;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Our account on Bluesky. Throws `Misconfigured` where an address or the app password is wrong, `Unavailable` where the
 * network cannot be reached now. Disposing of it ends its feeds.
 */
export async function openBluesky(options: BlueskyOptions): Promise<Source & AsyncDisposable> {
  const { clock, log, plc, service } = options;
  const life = new AbortController();
  const session = await openSession(options);
  const { account, ourDid, server } = await identifyUs(
    openClient({ url: service, session, access: options, clock }),
    options,
    life.signal,
  );
  const ask = openClient({ url: server, session, access: options, clock });
  const profiles = openProfiles({ ask, plc, clock });
  const us = { account, ourDid, findWords: toWordSearch(options.words) };
  const told = openTold(options.heard ?? NOTHING_HEARD, clock);
  const link = { ask, us, profiles, read: toReader(us, { profiles, clock, log }), clock };
  const isSibling = (persona: Key) => persona !== account.key && options.isOurs?.(persona) === true;

  const open = toOpen(life.signal);
  return {
    network: NETWORK,
    account,
    feeds: {
      jetstream: open(toNoted(toJetstream({ ...link, ...options, isSibling, told }), told)),
      notifications: open(toNoted(toNotifications({ ...link, isSibling }), told)),
      ...(options.messages ? { messages: open(toMessages({ ...link, isSibling })) } : {}),
    },
    recheck: toRecheck(link),
    lacks: () => readLacks(session, options.messages),
    thread: async (post, signal) => {
      const parents = await readThread(post, link, signal);
      for (const { key } of parents) told.note(key);
      return parents;
    },
    routes: toTimelessRoutes(account, { publicly: toPublicBlock, privately: toPrivateBlock }),
    publish: (reply, signal, leave) => publish(reply, { ...link, leave }, signal),
    idempotentForMs: { "Public reply": Infinity },
    find: (reply, tries, signal) => find(reply, tries, link, signal),
    readDelayMs: SETTLED_AFTER_MS,
    [Symbol.asyncDispose]: async () => {
      life.abort();
      await session[Symbol.asyncDispose]();
    },
  };
}

/** Whose posts pass here is remembered: when they go, so do their posts. */
function toNoted(feed: Feed<PostEvent>, told: Told): Feed<PostEvent> {
  return async function* (cursor, signal) {
    for await (const page of feed(cursor, signal)) {
      for (const event of page.items) if (event.type !== "deleted") told.note(event.post.key);
      yield page;
    }
  };
}

/** A feed that is asked to end, or whose source is closed, ends without a word. */
function toOpen(life: AbortSignal): (feed: Feed<PostEvent>) => Feed<PostEvent> {
  return (feed) =>
    async function* (cursor, signal) {
      const either = AbortSignal.any([signal, life]);
      try {
        yield* feed(cursor, either);
      } catch (error) {
        if (!either.aborted) throw error;
      }
    };
}
