import { z } from "zod";

/** What we read of the network's answers, in the client's spelling. Only what a post cannot do without is demanded. */

const time = z.iso.datetime({ offset: true });
const optionalText = z.string().optional().catch(undefined);
const optionalTime = time.optional().catch(undefined);

export const WireAccount = z.object({
  id: z.string().min(1),
  acct: z.string().min(1),
  username: z.string().min(1),
  displayName: z.string().catch(""),
  url: optionalText,
  avatar: optionalText,
  followersCount: z.number().int().nonnegative().optional().catch(undefined),
});

const WireMention = z.object({ id: z.string().min(1), acct: z.string().catch("") });

const WireMedia = z.object({ type: z.string().catch("unknown"), url: optionalText, description: optionalText });

const WirePoll = z.object({ options: z.array(z.object({ title: z.string() })) });

export const WireStatus = z.object({
  id: z.string().min(1),
  createdAt: time,
  editedAt: optionalTime,
  account: WireAccount,
  content: z.string(),
  spoilerText: z.string().catch(""),
  visibility: z.enum(["public", "unlisted", "private", "direct"]),
  inReplyToId: optionalText,
  inReplyToAccountId: optionalText,
  url: optionalText,
  language: optionalText,
  mentions: z.array(WireMention).catch([]),
  mediaAttachments: z.array(WireMedia).catch([]),
  poll: WirePoll.optional().catch(undefined),
  reblog: z.object({ id: z.string() }).optional().catch(undefined),
});

/** What any element of a list has. */
export const WireListed = z.object({ id: z.string().min(1) });

export const WireNotification = z.object({ id: z.string().min(1), type: z.string(), status: z.unknown() });

/** A frame of the streaming API. The payload of `delete` is the bare id, else JSON in a string. */
export const WireFrame = z.object({ event: z.string(), payload: z.string().optional() });

/** `/api/v2/instance` as it travels: it is asked for before there is a client. */
export const WireInstance = z.object({
  domain: z.string().regex(/^[\p{L}\p{N}.-]+(:\d+)?$/u),
  configuration: z.object({
    urls: z
      .object({
        streaming: z
          .url({ protocol: /^wss?$/ })
          .optional()
          .catch(undefined),
      })
      .catch({}),
    statuses: z.object({
      max_characters: z.number().int().positive().catch(500),
      characters_reserved_per_url: z.number().int().positive().catch(23),
    }),
  }),
});

export type WireAccount = z.infer<typeof WireAccount>;
export type WireStatus = z.infer<typeof WireStatus>;
export type WireInstance = z.infer<typeof WireInstance>;
