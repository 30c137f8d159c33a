import type { IsoTime } from "../../model/glossary.ts";
import { toPostEvent } from "../../model/post.ts";
import type { PostEvent } from "../../model/post.ts";
import { askFor } from "../asking/ask-for.ts";
import { Declined } from "../asking/declined.ts";
import type { Link } from "./link.ts";
import { toSaid } from "./reader.ts";
import type { WireSaid } from "./reader.ts";
import { WireRecord, WireRecords, WireView, WireViews } from "./schema.ts";
import { toTidOf } from "./tid.ts";
import { POSTS, toPostUri } from "./uri.ts";

const LONGEST_PAGE = 100;
/** Of what can be searched for; nobody reads a hundred pages of old posts. */
const MOST_PAGES = 20;

const OURS = { name: "jetstream", remedy: "Look in Bluesky whether our account stands." };

export interface Stretch {
  readonly from: IsoTime;
  readonly to: IsoTime;
}

/** What can still be had of a stretch that the stream no longer gives: our own posts, and what has a listener's words. */
export async function* backfill(
  stretch: Stretch,
  link: Link & { readonly words: readonly string[] },
  signal: AbortSignal,
): AsyncGenerator<readonly PostEvent[]> {
  for await (const said of readOwn(stretch, link, signal)) yield (await link.read.posts(said, signal)).map(toPostEvent);
  for (const word of link.words)
    for await (const said of search(word, stretch, link, signal)) {
      const posts = await link.read.posts(said, signal);
      yield posts.filter(({ matched }) => matched !== undefined).map(toPostEvent);
    }
}

/** The newest first, as our repository lists them. */
async function* readOwn(
  { from }: Stretch,
  { ask, us }: Link,
  signal: AbortSignal,
): AsyncGenerator<readonly WireSaid[]> {
  const oldest = toTidOf(Date.parse(from));
  let cursor: string | undefined;
  do {
    const query = {
      repo: us.ourDid,
      collection: POSTS,
      limit: LONGEST_PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const question = ask(signal, { method: "com.atproto.repo.listRecords", query });
    const page = await askFor(question, WireRecords, OURS);
    const said = page.records.flatMap((element): readonly WireSaid[] => {
      const { uri = "", cid, value } = WireRecord.safeParse(element).data ?? {};
      const address = toPostUri(uri);
      return address === undefined ? [] : [{ ...address, record: value, cid, version: 0 }];
    });
    const fresh = said.filter(({ rkey }) => rkey >= oldest);
    yield fresh;
    cursor = fresh.length < page.records.length || fresh.length === 0 ? undefined : page.cursor;
  } while (cursor !== undefined);
}

/** Nothing where the network does not let us search. */
async function* search(
  word: string,
  { from, to }: Stretch,
  { ask }: Link,
  signal: AbortSignal,
): AsyncGenerator<readonly WireSaid[]> {
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const older = cursor === undefined ? {} : { cursor };
    const query = { q: JSON.stringify(word), sort: "latest", since: from, until: to, limit: LONGEST_PAGE, ...older };
    const answer = await ask(signal, { method: "app.bsky.feed.searchPosts", query }).catch((error: unknown) => {
      if (error instanceof Declined) return undefined;
      throw error;
    });
    const views = WireViews.safeParse(answer).data;
    if (views === undefined) return;
    yield views.posts.map(toNews).filter((said) => said !== undefined);
    cursor = views.cursor;
    if (cursor === undefined || views.posts.length === 0) return;
  }
}

/** What was found is as new as its showing. */
function toNews(view: unknown): WireSaid | undefined {
  const shownAt = WireView.safeParse(view).data?.indexedAt;
  const said = toSaid(view);
  return said && { ...said, shownAt };
}
