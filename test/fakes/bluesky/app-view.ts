import { Refused } from "./refusal.ts";
import type { Member, Store, StoredRecord } from "./store.ts";

type Query = URLSearchParams;
/** What one method answers to somebody. */
export type Method = (query: Query, viewer: Member, body: Readonly<Record<string, unknown>>) => object;

interface Reply {
  readonly root: { readonly uri: string };
  readonly parent: { readonly uri: string };
}

/** The index that the network's apps read: who is who, threads, notifications, search. */
export function toAppView(store: Pick<Store, "members" | "records" | "closed">): Readonly<Record<string, Method>> {
  const isStanding = (did: string) => store.members.get(did)?.status === undefined;
  const isShown = ({ did }: StoredRecord, viewer: Member) =>
    isStanding(did) && store.members.get(did)?.blocked.has(viewer.did) !== true;
  const toView = (record: StoredRecord, viewer: Member) => ({
    uri: record.uri,
    cid: record.cid,
    author: toProfile(record.did, viewer),
    record: record.value,
    indexedAt: record.indexedAt,
    viewer: store.closed.has(record.uri) ? { replyDisabled: true } : {},
  });
  const toProfile = (did: string, viewer: Member) => {
    const member = store.members.get(did);
    return {
      did,
      handle: member?.handle ?? "handle.invalid",
      displayName: member?.displayName,
      followersCount: 7,
      associated: { chat: { allowIncoming: member?.allowIncoming } },
      viewer: { blockedBy: member?.blocked.has(viewer.did) === true },
    };
  };
  const toThread = (uri: string, viewer: Member): object | undefined => {
    const record = store.records.get(uri);
    if (record === undefined || !isShown(record, viewer)) return { $type: "app.bsky.feed.defs#notFoundPost", uri };
    const parent = toReply(record)?.parent.uri;
    const above = parent === undefined ? {} : { parent: toThread(parent, viewer) };
    return { $type: "app.bsky.feed.defs#threadViewPost", post: toView(record, viewer), ...above };
  };
  const newestFirst = () => [...store.records.values()].reverse();

  return {
    "app.bsky.actor.getProfiles": (query, viewer) => ({
      profiles: query
        .getAll("actors")
        .filter(isStanding)
        .map((did) => toProfile(did, viewer)),
    }),
    "app.bsky.feed.getPosts": (query, viewer) => ({
      posts: query
        .getAll("uris")
        .map((uri) => store.records.get(uri))
        .filter((record) => record !== undefined && isShown(record, viewer))
        .map((record) => record && toView(record, viewer)),
    }),
    "app.bsky.feed.getPostThread": (query, viewer) => {
      const uri = query.get("uri") ?? "";
      if (!store.records.has(uri)) throw new Refused(400, "NotFound");
      return { thread: toThread(uri, viewer) };
    },
    "app.bsky.notification.listNotifications": (query, viewer) => {
      const reasons = query.getAll("reasons");
      const all = newestFirst().flatMap((record) => {
        const reason = record.did === viewer.did ? undefined : toReason(record, viewer.did);
        if (reason === undefined || !reasons.includes(reason) || !isShown(record, viewer)) return [];
        const { uri, cid, value, indexedAt, did } = record;
        return [{ uri, cid, author: toProfile(did, viewer), reason, record: value, isRead: false, indexedAt }];
      });
      return toPage("notifications", all, query);
    },
    "app.bsky.feed.searchPosts": (query, viewer) => {
      const [words, since, until] = [query.get("q") ?? "", query.get("since") ?? "", query.get("until") ?? "~"];
      const sought = words.replaceAll('"', "").toLowerCase();
      const found = newestFirst().filter(
        ({ value, indexedAt }) =>
          String(value["text"]).toLowerCase().includes(sought) && indexedAt >= since && indexedAt < until,
      );
      return toPage(
        "posts",
        found.map((record) => toView(record, viewer)),
        query,
      );
    },
  };
}

function toReply({ value }: StoredRecord): Reply | undefined {
  return value["reply"] as Reply | undefined;
}

/** Why somebody is told of a post; undefined: it is nothing to them. */
function toReason(record: StoredRecord, did: string): string | undefined {
  const isTheirs = (uri = "") => uri.startsWith(`at://${did}/`);
  const reply = toReply(record);
  if (isTheirs(reply?.parent.uri) || isTheirs(reply?.root.uri)) return "reply";
  if (JSON.stringify(record.value["facets"] ?? "").includes(`"${did}"`)) return "mention";
  return isTheirs((record.value["embed"] as { record?: { uri?: string } } | undefined)?.record?.uri)
    ? "quote"
    : undefined;
}

/** A cursor is how many were shown. */
export function toPage(name: string, all: readonly unknown[], query: Query): object {
  const start = Number(query.get("cursor") ?? 0);
  const end = start + Number(query.get("limit") ?? 50);
  return { [name]: all.slice(start, end), ...(end < all.length ? { cursor: String(end) } : {}) };
}
