import { z } from "zod";
import type { Feed } from "../../flow/feed.ts";
import { toPostEvent } from "../../model/post.ts";
import type { Key } from "../../model/glossary.ts";
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

/** All up to `newest` has been told. */
const Mark = z.object({ newest: z.string() });

type Notification = z.infer<typeof WireNotification>;

export interface NotificationsOptions extends Link {
  /** Another account of ours: what it says is told by its own feeds. */
  readonly isSibling: (persona: Key) => boolean;
}

/** Who names, answers or quotes us, asked for every minute: what the stream loses comes here. The journal skips what it has. */
export function toNotifications(link: NotificationsOptions): Feed<PostEvent> {
  const { clock } = link;
  return async function* (cursor, signal) {
    let newest = cursor === undefined ? undefined : Mark.parse(JSON.parse(cursor)).newest;
    const told = new Map<string, string>();
    for (;;) {
      const heardUntil = clock.now();
      if (newest === undefined) {
        const [first] = (await askPage(link, undefined, 1, signal)).notifications;
        newest = first?.indexedAt ?? heardUntil;
        if (first !== undefined) told.set(first.uri, first.indexedAt);
        yield { items: [], cursor: toCursor(newest), heardUntil };
      } else {
        const since = new Date(Date.parse(newest) - LATE_MS).toISOString();
        const fresh = (await readSince(since, link, signal)).filter(({ uri }) => !told.has(uri));
        for (let start = 0; start < fresh.length; start += LONGEST_PAGE) {
          const some = fresh.slice(start, start + LONGEST_PAGE);
          const items = await toEvents(some, link, signal);
          newest = some.reduce((latest, { indexedAt }) => (indexedAt > latest ? indexedAt : latest), newest);
          for (const { uri, indexedAt } of some) told.set(uri, indexedAt);
          yield { items, cursor: toCursor(newest) };
        }
        forget(told, since);
        yield { items: [], cursor: toCursor(newest), heardUntil };
      }
      await clock.sleep(EVERY_MS, signal);
      if (signal.aborted) return;
    }
  };
}

/** The oldest first. The list begins with the newest, so all of it is read before any is told. */
async function readSince(since: string, link: Link, signal: AbortSignal): Promise<readonly Notification[]> {
  const found: Notification[] = [];
  let cursor: string | undefined;
  do {
    const page = await askPage(link, cursor, LONGEST_PAGE, signal);
    const fresh = page.notifications.filter(({ indexedAt }) => indexedAt >= since);
    found.push(...fresh);
    cursor = fresh.length < page.notifications.length || page.isEmpty ? undefined : page.cursor;
  } while (cursor !== undefined);
  return found.reverse();
}

async function askPage({ ask }: Link, cursor: string | undefined, limit: number, signal: AbortSignal) {
  const older = cursor === undefined ? {} : { cursor };
  const query = { reasons: REASONS, limit, ...older };
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

function toCursor(newest: string): string {
  return JSON.stringify({ newest });
}
