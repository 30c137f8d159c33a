import type { Account } from "../../model/account.ts";
import type { IsoTime, Key } from "../../model/glossary.ts";
import type { Persona } from "../../model/persona.ts";
import { toDeletedEvent, toPostEvent } from "../../model/post.ts";
import type { Post, PostEvent, PostKind, SourceClass, Visibility } from "../../model/post.ts";
import { toCleanText } from "../clean-text.ts";
import { NETWORK, toExchangeKey, toPersonaKey, toPostKey } from "./keys.ts";
import type { EventForm, PostForm } from "./schema.ts";
import { toSentence } from "./signal.ts";

/** Whom it was sent to. */
export interface Us {
  readonly account: Account;
  /** As the company is called where it speaks itself. */
  readonly label: string;
}

/** All that happened up to `to` has been sent, as far back as `from`; undefined: from the beginning. */
export interface Complete {
  readonly from: IsoTime | undefined;
  readonly to: IsoTime;
}

export type Told = { readonly event: PostEvent } | { readonly complete: Complete };

/** What a sender told, in our words. Pure: the same form gives the same event, but for when we came to know of it. */
export function toTold(form: EventForm, us: Us, now: IsoTime): Told {
  const name = us.account.handle;
  if (form.type === "deleted")
    return { event: { ...toDeletedEvent(toPostKey(name, form.id), toIso(form.at)), ours: true } };
  if (form.type === "heard-until") {
    const from = form.from === undefined ? undefined : toIso(form.from);
    return { complete: { from, to: toIso(form.at) } };
  }
  return { event: toPostEvent(toPost(form, us, now)) };
}

function toPost(form: PostForm, { account, label }: Us, detectedAt: IsoTime): Post {
  const name = account.handle;
  const network = form.network ?? NETWORK;
  const sourceClass = toSourceClass(form);
  const visibility = form.visibility ?? toVisibility(form.kind, sourceClass);
  const conversation = toConversation(form, name, visibility);
  const said = form.kind === "signal" ? undefined : form;
  const media = said?.media?.map(({ url, kind, description }) => ({
    url: toAddress(url),
    kind,
    ...(description === undefined ? {} : { description: toCleanText(description) }),
  }));
  return {
    key: toPostKey(name, form.id),
    network,
    account: account.key,
    sourceClass,
    kind: form.kind,
    visibility,
    direction: said?.direction ?? "inbound",
    ...(conversation === undefined ? {} : { conversation }),
    ...(form.parent === undefined ? {} : { parent: toPostKey(name, form.parent) }),
    author:
      form.author === undefined
        ? { key: account.key, network, handle: name, displayName: label }
        : toPersona(form.author, { name, network }),
    text: form.kind === "signal" ? toSentence(form.signal) : toCleanText(form.text),
    version: form.type === "edited" ? Date.parse(form.editedAt) : 0,
    postedAt: toIso(form.postedAt),
    detectedAt,
    ...(form.url === undefined ? {} : { url: toAddress(form.url) }),
    ...(media === undefined || media.length === 0 ? {} : { media }),
    ...(said?.language === undefined ? {} : { language: said.language }),
  };
}

function toPersona(
  { id, handle, name: displayName, profileUrl, avatarUrl }: NonNullable<PostForm["author"]>,
  { name, network }: { readonly name: string; readonly network: string },
): Persona {
  const bare = handle.replace(/^@(?=.)/, "");
  return {
    key: toPersonaKey(name, id),
    network,
    handle: bare,
    displayName: displayName ?? "",
    ...(profileUrl === undefined ? {} : { profileUrl: toAddress(profileUrl) }),
    ...(avatarUrl === undefined ? {} : { avatarUrl: toAddress(avatarUrl) }),
  };
}

const CLASSES: Readonly<Record<PostKind, SourceClass>> = {
  post: "microblog",
  mention: "microblog",
  reply: "microblog",
  comment: "community",
  message: "message",
  review: "review",
  article: "news",
  signal: "signal",
};

function toSourceClass(form: PostForm): SourceClass {
  return (form.kind === "signal" ? undefined : form.sourceClass) ?? CLASSES[form.kind];
}

/** What nobody else could read where it was said is not for everybody here either. */
function toVisibility(kind: PostKind, sourceClass: SourceClass): Visibility {
  return kind === "message" || sourceClass === "message" || sourceClass === "offline" ? "private" : "public";
}

/** Of an answer without one the pipeline finds it; private words without one belong to the exchange with their author. */
function toConversation(form: PostForm, name: string, visibility: Visibility): Key | undefined {
  if (form.conversation !== undefined) return toPostKey(name, form.conversation);
  if (visibility === "private" && form.author !== undefined) return toExchangeKey(name, form.author.id);
  return form.parent === undefined ? toPostKey(name, form.id) : undefined;
}

function toIso(time: string): IsoTime {
  return new Date(time).toISOString();
}

function toAddress(url: string): string {
  return new URL(url).href;
}
