import type { Account } from "../../model/account.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { Post, PostKind } from "../../model/post.ts";
import { NETWORK, toExchangeKey, toKeyOf, toMessageKey, toPersonaKey, toPostKey } from "./keys.ts";
import type { Profile } from "./profiles.ts";
import type { WireMessage, WirePost } from "./schema.ts";
import { toMedia, toQuoted } from "./to-media.ts";
import { toPostedAt } from "./to-posted-at.ts";
import { toText } from "./to-text.ts";
import type { PostUri } from "./uri.ts";
import { toPostUri } from "./uri.ts";

/** Who we are on the network, and what our listeners look for. */
export interface Perspective {
  readonly account: Account;
  readonly ourDid: string;
  readonly findWords: (text: string) => readonly string[];
}

/** A record as it stands in somebody's repository. */
export interface Said extends PostUri {
  readonly record: WirePost;
  /** 0 as posted, then the time of the edit. */
  readonly version: number;
  /** The network's name of what it says now. */
  readonly cid: string | undefined;
  /** When the network first showed it to anybody, where it told us. */
  readonly shownAt?: IsoTime | undefined;
}

/** The post as we tell it. Pure: the same record gives the same post, whichever feed heard it. */
export function toPost(said: Said, author: Profile, us: Perspective, detectedAt: IsoTime): Post {
  const { did, rkey, record, version, cid } = said;
  const text = toText(record);
  const media = toMedia(record.embed, did);
  const mentions = toMentioned(record).map(toPersonaKey);
  const matched = us.findWords(text);
  const parent = toKeyOf(record.reply?.parent.uri);
  const [language] = record.langs;
  return {
    key: toPostKey(did, rkey),
    network: NETWORK,
    account: us.account.key,
    sourceClass: "microblog",
    kind: toKind(said, us.ourDid),
    visibility: "public",
    direction: did === us.ourDid ? "outbound" : "inbound",
    conversation: toKeyOf(record.reply?.root.uri) ?? toPostKey(did, rkey),
    ...(parent === undefined ? {} : { parent }),
    author: author.persona,
    text,
    version,
    ...(cid === undefined ? {} : { edition: cid }),
    postedAt: toPostedAt({ ...said, stated: record.createdAt }, detectedAt),
    detectedAt,
    url: `https://bsky.app/profile/${did}/post/${rkey}`,
    ...(media.length === 0 ? {} : { media }),
    ...(language === undefined ? {} : { language }),
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(matched.length === 0 ? {} : { matched }),
    ...(author.noMessages === undefined ? {} : { noMessages: author.noMessages }),
  };
}

/** A private message of the exchange `convoId`; undefined: it has no text any more. */
export function toMessage(
  { convoId, wire }: { readonly convoId: string; readonly wire: WireMessage },
  author: Profile,
  us: Perspective,
  detectedAt: IsoTime,
): Post | undefined {
  if (wire.text === undefined) return undefined;
  const answered = wire.replyTo?.id;
  return {
    key: toMessageKey(us.ourDid, convoId, wire.id),
    network: NETWORK,
    account: us.account.key,
    sourceClass: "message",
    kind: "message",
    visibility: "private",
    direction: wire.sender.did === us.ourDid ? "outbound" : "inbound",
    conversation: toExchangeKey(us.ourDid, convoId),
    ...(answered === undefined ? {} : { parent: toMessageKey(us.ourDid, convoId, answered) }),
    author: author.persona,
    text: toText({ text: wire.text, facets: wire.facets }),
    version: 0,
    postedAt: new Date(wire.sentAt).toISOString(),
    detectedAt,
  };
}

/** Whom a record names, by their DIDs. */
export function toMentioned({ facets }: Pick<WirePost, "facets">): readonly string[] {
  const dids = facets.flatMap(({ features }) => features.map(({ did }) => did)).filter((did) => did !== undefined);
  return [...new Set(dids)];
}

function toKind({ did, record }: Said, ourDid: string): PostKind {
  const isOurs = (uri: string | undefined) => uri !== undefined && toPostUri(uri)?.did === ourDid;
  if (did === ourDid) return record.reply === undefined ? "post" : "reply";
  if (isOurs(record.reply?.parent.uri)) return "reply";
  // Who quotes us speaks of us, and we are to read it.
  if (toMentioned(record).includes(ourDid) || isOurs(toQuoted(record.embed))) return "mention";
  return record.reply === undefined ? "post" : "comment";
}
