import type { IsoTime, Key, Network } from "./glossary.ts";
import type { Persona } from "./persona.ts";

export type SourceClass = "microblog" | "community" | "review" | "news" | "message" | "offline" | "signal";
export type PostKind = "mention" | "reply" | "comment" | "post" | "message" | "review" | "article" | "signal";
export type Visibility = "public" | "private";

export interface Media {
  readonly url: string;
  readonly kind: "image" | "video" | "audio" | "other";
  readonly description?: string;
}

/** One message as a network gave it, in our words. Text is plain, well-formed Unicode, without markup. */
export interface Post {
  /** Ours, with the instance: `mastodon:social.example/109`. */
  readonly key: Key;
  readonly network: Network;
  /** Our account that is addressed (mentioned, answered, whose inbox it is), not the one that heard it first. */
  readonly account: Key;
  readonly sourceClass: SourceClass;
  readonly kind: PostKind;
  readonly visibility: Visibility;
  /** "outbound": our own account wrote it. */
  readonly direction: "inbound" | "outbound";
  /** The thread's root post or the private exchange, as far as known; the stage "thread" fetches parents. */
  readonly conversation?: Key;
  readonly parent?: Key;
  readonly author: Persona;
  readonly text: string;
  /** 0 as posted, then the time of the edit in milliseconds since 1970. */
  readonly version: number;
  readonly postedAt: IsoTime;
  readonly detectedAt: IsoTime;
  readonly url?: string;
  readonly media?: readonly Media[];
  /** As the network says it (BCP 47), not yet verified. */
  readonly language?: string;
  /** Keys of the personas that are named, ours included. */
  readonly mentions?: readonly Key[];
  /** Listener's words that matched. */
  readonly matched?: readonly string[];
  /** Not heard but fetched: a parent in a conversation with us, so that people can read what led to it. */
  readonly context?: true;
}

/** How old a fetched post may be and still be news, in milliseconds. */
const NEWS_MS = 24 * 60 * 60 * 1000;

/** Is it said to us: a private message, an answer to us, or a post that names us? */
export function isAddressed({ kind, mentions = [], account }: Pick<Post, "kind" | "mentions" | "account">): boolean {
  return kind === "message" || kind === "reply" || kind === "mention" || mentions.includes(account);
}

/**
 * Is it here only for people to read? A fetched post that is said to us and less than a day old is not: it counts as
 * heard, for when the network delivers it too, that is a repetition and is skipped.
 */
export function isBackground(post: Post): boolean {
  const isNews = Date.parse(post.detectedAt) - Date.parse(post.postedAt) < NEWS_MS;
  return post.context === true && !(isAddressed(post) && isNews);
}

/** What happened. `key` is `<post>#<version>` (or `<post>#gone`), so a repeated delivery is the same entry. */
export type PostEvent =
  | { readonly type: "posted" | "edited"; readonly key: Key; readonly post: Post }
  | { readonly type: "deleted"; readonly key: Key; readonly post: Key; readonly at: IsoTime };

/** The event of a post as it stands: "posted" for version 0, else "edited". */
export function toPostEvent(post: Post): PostEvent {
  return { type: post.version === 0 ? "posted" : "edited", key: `${post.key}#${post.version}`, post };
}

export function toDeletedEvent(post: Key, at: IsoTime): PostEvent {
  return { type: "deleted", key: `${post}#gone`, post, at };
}
