import { z } from "zod";
import { list, maybe, maybeText, time } from "../asking/wire.ts";

/** What we read of the network's answers, as it travels. Only what a post cannot do without is demanded. */

const did = z.string().regex(/^did:[a-z]+:[\w.:%-]+$/);

const WireRef = z.object({ uri: z.string(), cid: z.string() });

const WireFeature = z.object({ $type: maybeText, did: maybeText, uri: maybeText });

const WireFacet = z.object({
  index: z.object({ byteStart: z.number().int().nonnegative(), byteEnd: z.number().int().nonnegative() }),
  features: list(WireFeature),
});

const WireBlob = z.object({ ref: z.object({ $link: z.string() }) });

/** A picture, a film, a card or a quoted post; those that come together are unfolded in `to-media.ts`. */
const WireEmbed = z.object({
  $type: maybeText,
  images: list(z.object({ alt: maybeText, image: maybe(WireBlob) })),
  video: maybe(WireBlob),
  alt: maybeText,
  external: maybe(z.object({ uri: z.string(), title: maybeText })),
  record: maybe(z.object({ uri: maybeText, record: maybe(z.object({ uri: maybeText })) })),
});

export const WirePost = z.object({
  text: z.string(),
  createdAt: maybe(time),
  langs: list(z.string()),
  facets: list(WireFacet),
  reply: maybe(z.object({ root: WireRef, parent: WireRef })),
  embed: maybe(WireEmbed.extend({ media: maybe(WireEmbed) })),
});

/** A post as the network's index shows it. */
export const WireView = z.object({
  uri: z.string(),
  cid: z.string(),
  author: z.object({ did, viewer: maybe(z.object({ blockedBy: maybe(z.boolean()) })) }),
  record: z.unknown(),
  indexedAt: maybe(time),
  viewer: maybe(z.object({ replyDisabled: maybe(z.boolean()) })),
});

export const WireViews = z.object({ posts: z.array(z.unknown()), cursor: maybeText });

export const WireRecord = z.object({ uri: z.string(), cid: maybeText, value: z.unknown() });
export const WireRecords = z.object({ records: z.array(z.unknown()), cursor: maybeText });

export const WireWritten = z.object({ uri: z.string(), cid: z.string() });

export const WireProfile = z.object({
  did,
  handle: z.string().min(1),
  displayName: maybeText,
  avatar: maybeText,
  followersCount: maybe(z.number().int().nonnegative()),
  associated: maybe(z.object({ chat: maybe(z.object({ allowIncoming: maybeText })) })),
  viewer: maybe(z.object({ followedBy: maybeText })),
});
export const WireProfiles = z.object({ profiles: list(WireProfile) });

/** A post with its parents, each in the one below; what is gone or hidden has no post. */
export interface WireThread {
  readonly post?: unknown;
  readonly parent?: WireThread | undefined;
}
export const WireThread: z.ZodType<WireThread> = z.object({
  post: z.unknown().optional(),
  get parent() {
    return maybe(WireThread);
  },
});

export const WireNotification = z.object({ uri: z.string(), cid: z.string(), indexedAt: time, record: z.unknown() });
export const WireNotifications = z.object({ notifications: z.array(z.unknown()), cursor: maybeText });

/** A private message; one without text was deleted by whoever reads it. */
export const WireMessage = z.object({
  id: z.string().regex(/^[\w-]+$/),
  text: maybeText,
  facets: list(WireFacet),
  sender: z.object({ did }),
  sentAt: time,
  replyTo: maybe(z.object({ id: maybeText })),
});
export const WireMessages = z.object({ messages: z.array(z.unknown()), cursor: maybeText });
export const WireLog = z.object({ logs: z.array(z.unknown()), cursor: maybeText });
export const WireLogged = z.object({
  $type: z.string(),
  rev: z.string(),
  convoId: z.string().regex(/^[\w-]+$/),
  message: WireMessage,
});
export const WireRev = z.object({ rev: z.string() });
export const WireConvo = z.object({ convo: z.object({ id: z.string().regex(/^[\w-]+$/) }) });

export const WireSession = z.object({
  did,
  handle: z.string().min(1),
  didDoc: z.unknown().optional(),
  active: maybe(z.boolean()),
  status: maybeText,
});
export const WireGrant = z.object({ accessJwt: z.string().min(1), refreshJwt: z.string().min(1) });
export const WireClaims = z.object({ exp: maybe(z.number()), iat: maybe(z.number()), scope: maybeText });

export const WireDidDocument = z.object({
  alsoKnownAs: list(z.string()),
  service: list(z.object({ id: z.string(), serviceEndpoint: z.url({ protocol: /^https?$/ }) })),
});

export type WirePost = z.infer<typeof WirePost>;
export type WireView = z.infer<typeof WireView>;
export type WireProfile = z.infer<typeof WireProfile>;
export type WireMessage = z.infer<typeof WireMessage>;
export type WireLogged = z.infer<typeof WireLogged>;
export type WireSession = z.infer<typeof WireSession>;
