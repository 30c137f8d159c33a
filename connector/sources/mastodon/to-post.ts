import type { Account } from "../../model/account.ts";
import type { IsoTime, Key } from "../../model/glossary.ts";
import type { Persona } from "../../model/persona.ts";
import type { Media, Post, PostKind } from "../../model/post.ts";
import { toCleanText } from "../clean-text.ts";
import { NETWORK, toExchangeKey, toPersonaKey, toPostKey } from "./keys.ts";
import { toPlainText } from "./plain-text.ts";
import type { WireAccount, WireStatus } from "./schema.ts";

/** Who we are on the network, and what our listeners look for. */
export interface Perspective {
  readonly domain: string;
  readonly account: Account;
  /** The network's id of our account. */
  readonly ourId: string;
  readonly findWords: (text: string) => readonly string[];
}

/** The post as we tell it. Pure: the same answer of the network gives the same post, whichever feed heard it. */
export function toPost(wire: WireStatus, us: Perspective, detectedAt: IsoTime): Post {
  const text = toText(wire);
  const conversation = toConversation(wire, us);
  const url = toWebAddress(wire.url);
  const media = wire.media_attachments.flatMap(toMedia);
  const mentions = wire.mentions.map((mention) => toPersonaKey(us.domain, mention.id));
  const matched = us.findWords(text);
  return {
    key: toPostKey(us.domain, wire.id),
    network: NETWORK,
    account: us.account.key,
    sourceClass: wire.visibility === "direct" ? "message" : "microblog",
    kind: toKind(wire, us.ourId),
    visibility: wire.visibility === "direct" || wire.visibility === "private" ? "private" : "public",
    direction: wire.account.id === us.ourId ? "outbound" : "inbound",
    ...(conversation === undefined ? {} : { conversation }),
    ...(wire.in_reply_to_id === undefined ? {} : { parent: toPostKey(us.domain, wire.in_reply_to_id) }),
    author: toPersona(wire.account, us.domain),
    text,
    version: wire.edited_at === undefined ? 0 : Date.parse(wire.edited_at),
    postedAt: new Date(wire.created_at).toISOString(),
    detectedAt,
    ...(url === undefined ? {} : { url }),
    ...(media.length === 0 ? {} : { media }),
    ...(wire.language === undefined ? {} : { language: wire.language }),
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(matched.length === 0 ? {} : { matched }),
  };
}

export function toPersona(wire: WireAccount, domain: string): Persona {
  const profileUrl = toWebAddress(wire.url);
  const avatarUrl = toWebAddress(wire.avatar);
  return {
    key: toPersonaKey(domain, wire.id),
    network: NETWORK,
    handle: toHandle(wire.acct, domain),
    displayName: toCleanText(wire.display_name).replace(/\s+/g, " ") || wire.username,
    ...(profileUrl === undefined ? {} : { profileUrl }),
    ...(avatarUrl === undefined ? {} : { avatarUrl }),
    ...(wire.followers_count === undefined ? {} : { followers: wire.followers_count }),
  };
}

/** The network leaves the instance out of the names of its own people. */
export function toHandle(acct: string, domain: string): string {
  return acct.includes("@") ? acct : `${acct}@${domain}`;
}

function toKind(wire: WireStatus, ourId: string): PostKind {
  if (wire.visibility === "direct") return "message";
  if (wire.account.id === ourId) return wire.in_reply_to_id === undefined ? "post" : "reply";
  if (wire.in_reply_to_account_id === ourId) return "reply";
  if (wire.mentions.some((mention) => mention.id === ourId)) return "mention";
  return wire.in_reply_to_id === undefined ? "post" : "comment";
}

/** A message belongs to the exchange with its other side; a public answer's root is not known from itself. */
function toConversation(wire: WireStatus, us: Perspective): Key | undefined {
  if (wire.visibility !== "direct")
    return wire.in_reply_to_id === undefined ? toPostKey(us.domain, wire.id) : undefined;
  const others = [wire.account.id, wire.in_reply_to_account_id, ...wire.mentions.map((mention) => mention.id)];
  const theirId = others.find((id) => id !== undefined && id !== us.ourId);
  return theirId === undefined ? undefined : toExchangeKey(us.domain, us.ourId, theirId);
}

/** What a reader sees: the content warning, the words, and what a poll asks. */
function toText(wire: WireStatus): string {
  const choices = wire.poll?.options.map((option) => `- ${toCleanText(option.title)}`) ?? [];
  return [toCleanText(wire.spoiler_text), toPlainText(wire.content), choices.join("\n")]
    .filter((part) => part !== "")
    .join("\n\n");
}

const MEDIA_KINDS: Readonly<Record<string, Media["kind"]>> = {
  image: "image",
  video: "video",
  gifv: "video",
  audio: "audio",
};

function toMedia(wire: WireStatus["media_attachments"][number]): readonly Media[] {
  const url = toWebAddress(wire.url);
  if (url === undefined) return [];
  const description = toCleanText(wire.description ?? "");
  return [{ url, kind: MEDIA_KINDS[wire.type] ?? "other", ...(description === "" ? {} : { description }) }];
}

/** Only addresses of the web: whatever else a foreign server names must not become a link in the CRM. */
function toWebAddress(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}
