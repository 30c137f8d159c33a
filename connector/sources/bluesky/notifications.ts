import { z } from "zod";
import type { Feed } from "../../flow/feed.ts";
import { toPostEvent } from "../../model/post.ts";
import type { IsoTime, Key } from "../../model/glossary.ts";
import type { PostEvent } from "../../model/post.ts";
import { askFor } from "../asking/ask-for.ts";
import type { Asking } from "../asking/ask-for.ts";
import type { Link } from "./link.ts";
import { WireNotification, WireNotifications } from "./schema.ts";
import { toPostUri } from "./uri.ts";

const EVERY_MS = 60_000;
const LONGEST_PAGE = 100;
/** What may come to light after a later one: readings overlap by this much. */
const LATE_MS = 2 * 60_000;
const REASONS = ["mention", "reply", "quote"];
const OURS: Asking = {
  name: "notifications",
  remedy: "Look in Bluesky whether our account is limited, and whether the app password still stands.",
};

/** All up to `newest` has been told. `before`: what the first start found within the overlap, with its time; never told. */
const Mark = z.object({ newest: z.string(), before: z.array(z.tuple([z.string(), z.string()])).default([]) });
type Mark = z.infer<typeof Mark>;

type Notification = z.infer<typeof WireNotification>;

export interface NotificationsOptions extends Link {
  /** Another account of ours: what it says is told by its own feeds. */
  readonly isSibling: (persona: Key) => boolean;
}

/**
 * Who names, answers or quotes us from the first start on, asked for every minute: what the stream loses comes here. The
 * journal skips what it has.
 */
export function toNotifications(link: NotificationsOptions): Feed<PostEvent> {
  const { clock } = link;
  return async function* (cursor, signal) {
    let mark = cursor === undefined ? undefined : Mark.parse(JSON.parse(cursor));
    const told = new Map(mark?.before);
    for (;;) {
      const heardUntil = clock.now();
      if (mark === undefined) {
        mark = await readBefore(heardUntil, link, signal);
        for (const [uri, indexedAt] of mark.before) told.set(uri, indexedAt);
      } else {
        const since = toSince(mark.newest);
        const fresh = (await readSince(since, link, signal)).filter(({ uri }) => !told.has(uri));
        for (let start = 0; start < fresh.length; start += LONGEST_PAGE) {
          const some = fresh.slice(start, start + LONGEST_PAGE);
          const items = await toEvents(some, link, signal);
          mark = toNext(mark, some);
          for (const { uri, indexedAt } of some) told.set(uri, indexedAt);
          yield { items, cursor: JSON.stringify(mark) };
        }
        forget(told, since);
      }
      yield { items: [], cursor: JSON.stringify(mark), heardUntil };
      await clock.sleep(EVERY_MS, signal);
      if (signal.aborted) return;
    }
  };
}

/** The first start begins with now. What is within the overlap with it, and is there already, was said before. */
async function readBefore(now: IsoTime, link: Link, signal: AbortSignal): Promise<Mark> {
  const there = await readSince(toSince(now), link, signal);
  return { newest: now, before: there.map(({ uri, indexedAt }) => [uri, indexedAt]) };
}

function toNext({ newest: last, before }: Mark, told: readonly Notification[]): Mark {
  const newest = told.reduce((latest, { indexedAt }) => (indexedAt > latest ? indexedAt : latest), last);
  const since = toSince(newest);
  return { newest, before: before.filter(([, indexedAt]) => indexedAt >= since) };
}

function toSince(newest: IsoTime): IsoTime {
  return new Date(Date.parse(newest) - LATE_MS).toISOString();
}

/** The oldest first. The list begins with the newest, so all of it is read before any is told. */
async function readSince(since: string, link: Link, signal: AbortSignal): Promise<readonly Notification[]> {
  const found: Notification[] = [];
  let cursor: string | undefined;
  do {
    const page = await askPage(link, cursor, signal);
    const fresh = page.notifications.filter(({ indexedAt }) => indexedAt >= since);
    found.push(...fresh);
    cursor = fresh.length < page.notifications.length || page.isEmpty ? undefined : page.cursor;
  } while (cursor !== undefined);
  return found.reverse();
}

async function askPage({ ask }: Link, cursor: string | undefined, signal: AbortSignal) {
  const older = cursor === undefined ? {} : { cursor };
  const query = { reasons: REASONS, limit: LONGEST_PAGE, ...older };
  const question = ask(signal, { method: "app.bsky.notification.listNotifications", query });
  const page = await askFor(question, WireNotifications, OURS);
  const notifications = page.notifications.flatMap((element) => {
    const read = WireNotification.safeParse(element).data;
    return read === undefined ? [] : [{ ...read, indexedAt: new Date(read.indexedAt).toISOString() }];
  });
  return { notifications, isEmpty: page.notifications.length === 0, cursor: page.cursor };
}

async function toEvents(
  some: readonly Notification[],
  { read, us, isSibling }: NotificationsOptions,
  signal: AbortSignal,
): Promise<readonly PostEvent[]> {
  const said = some.flatMap(({ uri, cid, record, indexedAt }) => {
    const address = toPostUri(uri);
    return address === undefined || address.did === us.ourDid
      ? []
      : [{ ...address, cid, record, version: 0, shownAt: indexedAt }];
  });
  const posts = await read.posts(said, signal);
  return posts.filter(({ author }) => !isSibling(author.key)).map(toPostEvent);
}

function forget(told: Map<string, string>, before: string): void {
  for (const [uri, indexedAt] of told) if (indexedAt < before) told.delete(uri);
}
