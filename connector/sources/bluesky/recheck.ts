import { toDeletedEvent, toPostEvent } from "../../model/post.ts";
import type { PostEvent } from "../../model/post.ts";
import type { Held, Source } from "../source.ts";
import { Declined } from "../asking/declined.ts";
import { toAddress, toMessageIds } from "./keys.ts";
import type { Link } from "./link.ts";
import type { WireSaid } from "./reader.ts";
import { recheckMessages } from "./recheck-messages.ts";
import type { HeldMessage } from "./recheck-messages.ts";
import { WireRecord, WireSession, WireView, WireViews } from "./schema.ts";
import { POSTS, toUri } from "./uri.ts";
import type { PostUri } from "./uri.ts";

/** As many as the network gives at once. */
const AT_ONCE = 25;
const NOT_THERE = Symbol("not there");

interface Sought extends PostUri {
  readonly held: Held;
}

/** A record as it stands now, with the instant when it was last written, where the network tells. */
interface Standing {
  readonly cid: string | undefined;
  readonly record: unknown;
  readonly writtenAt: string | undefined;
}

/**
 * Reads posts again, a page for each twenty-five. What the index leaves out is asked for by itself: only a clear "not there",
 * told to us by our own name, makes a deletion. An edit shows by another edition.
 */
export function toRecheck(link: Link): Required<Source>["recheck"] {
  return async function* (posts, signal) {
    const sought = posts.flatMap((held): readonly Sought[] => {
      const address = toAddress(held.key);
      return address === undefined ? [] : [{ ...address, held }];
    });
    for (let start = 0; start < sought.length; start += AT_ONCE)
      yield await toNews(sought.slice(start, start + AT_ONCE), link, signal);
    const messages = posts.flatMap(({ key }): readonly HeldMessage[] => {
      const ids = toMessageIds(link.us.ourDid, key);
      return ids === undefined ? [] : [{ ...ids, key }];
    });
    if (messages.length > 0) yield await recheckMessages(messages, link, signal);
  };
}

async function toNews(some: readonly Sought[], link: Link, signal: AbortSignal): Promise<readonly PostEvent[]> {
  const listed = await readList(some, link, signal);
  const edited: WireSaid[] = [];
  const gone: Held[] = [];
  for (const one of some) {
    const { held } = one;
    const standing = listed.get(toUri(one)) ?? (await readOne(one, link, signal));
    if (standing === NOT_THERE) gone.push(held);
    else if (standing?.cid !== undefined && held.edition !== undefined && standing.cid !== held.edition)
      edited.push({ ...one, cid: standing.cid, record: standing.record, version: toVersion(standing, held, link) });
  }
  const events = (await link.read.posts(edited, signal)).map(toPostEvent);
  if (gone.length === 0 || !(await isOurselves(link, signal))) return events;
  return [...events, ...gone.map(({ key }) => toDeletedEvent(key, link.clock.now()))];
}

/** The network says when it was written last; it is later than what we hold in any case. */
function toVersion({ writtenAt }: Standing, { version }: Held, { clock }: Link): number {
  return Math.max(Date.parse(writtenAt ?? clock.now()), version + 1);
}

async function readList(
  some: readonly Sought[],
  { ask }: Link,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Standing>> {
  const answer = await ask(signal, { method: "app.bsky.feed.getPosts", query: { uris: some.map(toUri) } }).catch(
    (error: unknown) => {
      if (error instanceof Declined) return { posts: [] };
      throw error;
    },
  );
  const views = (WireViews.safeParse(answer).data?.posts ?? []).flatMap((view) => WireView.safeParse(view).data ?? []);
  return new Map(views.map(({ uri, cid, record, indexedAt }) => [uri, { cid, record, writtenAt: indexedAt }]));
}

/** undefined: the network does not tell. */
async function readOne(
  { did, rkey }: Sought,
  { ask }: Link,
  signal: AbortSignal,
): Promise<Standing | typeof NOT_THERE | undefined> {
  const query = { repo: did, collection: POSTS, rkey };
  try {
    const answer = WireRecord.safeParse(await ask(signal, { method: "com.atproto.repo.getRecord", query })).data;
    return answer && { cid: answer.cid, record: answer.value, writtenAt: undefined };
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
    return error.error === "RecordNotFound" ? NOT_THERE : undefined;
  }
}

/** To a stranger some servers say "not there" of what they do not show. */
async function isOurselves({ ask, us }: Link, signal: AbortSignal): Promise<boolean> {
  try {
    const session = await ask(signal, { method: "com.atproto.server.getSession" });
    return WireSession.safeParse(session).data?.did === us.ourDid;
  } catch (error) {
    if (error instanceof Declined) return false;
    throw error;
  }
}
