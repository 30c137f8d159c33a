import { z } from "zod";
import { maybe, maybeText, maybeTime, time } from "../asking/wire.ts";

/** What we read of the network's answers, as it travels. Only what a post cannot do without is demanded. */

export const WireAccount = z.object({
  id: z.string().min(1),
  acct: z.string().min(1),
  username: z.string().min(1),
  display_name: z.string().catch(""),
  url: maybeText,
  avatar: maybeText,
  followers_count: maybe(z.number().int().nonnegative()),
});

const WireMention = z.object({ id: z.string().min(1), acct: z.string().catch("") });

const WireMedia = z.object({ type: z.string().catch("unknown"), url: maybeText, description: maybeText });

const WirePoll = z.object({ options: z.array(z.object({ title: z.string() })) });

export const WireStatus = z.object({
  id: z.string().min(1),
  created_at: time,
  edited_at: maybeTime,
  account: WireAccount,
  content: z.string(),
  spoiler_text: z.string().catch(""),
  visibility: z.enum(["public", "unlisted", "private", "direct"]),
  in_reply_to_id: maybeText,
  in_reply_to_account_id: maybeText,
  url: maybeText,
  language: maybeText,
  mentions: z.array(WireMention).catch([]),
  media_attachments: z.array(WireMedia).catch([]),
  poll: maybe(WirePoll),
  reblog: maybe(z.object({ id: z.string() })),
});

/** What any element of a list has, and most say when they came into being. */
export const WireListed = z.object({ id: z.string().min(1), created_at: maybeTime });

/** The parents and the answers of a status. */
export const WireContext = z.object({ ancestors: z.array(z.unknown()) });

export const WireNotification = z.object({ id: z.string().min(1), type: z.string(), status: z.unknown() });

/** A frame of the streaming API. The payload of `delete` is the bare id, else JSON in a string. */
export const WireFrame = z.object({ event: z.string(), payload: z.string().optional() });

/** Of these characters a token may be: it travels as a WebSocket protocol too. */
export const WireToken = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/);

/** What `/oauth/token` gives for a refresh token. */
export const WireGrant = z.object({
  access_token: WireToken,
  refresh_token: maybe(z.string().min(1)),
  expires_in: maybe(z.number().positive()),
});

/** `/api/v2/instance`. */
export const WireInstance = z.object({
  domain: z.string().regex(/^[\p{L}\p{N}.-]+(:\d+)?$/u),
  configuration: z.object({
    urls: z.object({ streaming: maybe(z.url({ protocol: /^wss?$/ })) }).catch({ streaming: undefined }),
    statuses: z.object({
      max_characters: z.number().int().positive().catch(500),
      characters_reserved_per_url: z.number().int().positive().catch(23),
    }),
  }),
});

export type WireAccount = z.infer<typeof WireAccount>;
export type WireStatus = z.infer<typeof WireStatus>;
export type WireInstance = z.infer<typeof WireInstance>;
