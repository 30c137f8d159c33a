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
  /** The network's own name of what it says now, where an edit shows by nothing else. */
  readonly edition?: string;
  readonly postedAt: IsoTime;
  readonly detectedAt: IsoTime;
  readonly url?: string;
  readonly media?: readonly Media[];
  /** As the network says it (BCP 47), not yet verified. */
  readonly language?: string;
  /** Keys of the personas that are named, ours included. */
  readonly mentions?: readonly Key[];
  /** Why its author takes no private message from us, in plain words, where the network tells. */
  readonly noMessages?: string;
  /** Listener's words that matched. */
  readonly matched?: readonly string[];
  /** Not heard but fetched: a parent in a conversation with us, so that people can read what led to it. */
  readonly context?: true;
}

/** How old a fetched post may be and still be news, in milliseconds. */
const NEWS_MS = 24 * 60 * 60 * 1000;

/** Of these kinds is what is said to us, or about us where we are to read it. */
const ADDRESSED: ReadonlySet<PostKind> = new Set<PostKind>(["message", "reply", "mention", "review"]);

/** Is it said to us: a private message, an answer to us, a post that names us, a review of us, a letter, a call? */
export function isAddressed(post: Pick<Post, "kind" | "sourceClass" | "mentions" | "account">): boolean {
  const { kind, sourceClass, mentions = [], account } = post;
  return ADDRESSED.has(kind) || sourceClass === "offline" || mentions.includes(account);
}

/**
 * Is it here only for people to read? A fetched post that is said to us and less than a day old is not: it counts as
 * heard, for when the network delivers it too, that is a repetition and is skipped.
 */
export function isBackground(post: Post): boolean {
  const isNews = Date.parse(post.detectedAt) - Date.parse(post.postedAt) < NEWS_MS;
  return post.context === true && !(isAddressed(post) && isNews);
}

/**
 * What happened. `key` is `<post>#<version>` (or `<post>#gone`), so a repeated delivery is the same entry. The number of one
 * that is only background has a 0 before it: when it is heard later, that is another entry. `ours`: whoever says it speaks of
 * nothing but what it told us before, however long ago.
 */
export type PostEvent =
  | { readonly type: "posted" | "edited"; readonly key: Key; readonly post: Post }
  | { readonly type: "deleted"; readonly key: Key; readonly post: Key; readonly at: IsoTime; readonly ours?: true };

/** The event of a post as it stands: "posted" for version 0, else "edited". */
export function toPostEvent(post: Post): PostEvent {
  const number = isBackground(post) ? `0${post.version}` : `${post.version}`;
  return { type: post.version === 0 ? "posted" : "edited", key: `${post.key}#${number}`, post };
}

export function toDeletedEvent(post: Key, at: IsoTime): Extract<PostEvent, { type: "deleted" }> {
  return { type: "deleted", key: `${post}#gone`, post, at };
}
