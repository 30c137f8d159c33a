import { z } from "zod";

const flag = z.number().transform(Boolean);

export const AccountRow = z.object({
  id: z.string(),
  username: z.string(),
  token: z.string(),
  display: z.string(),
  note: z.string(),
  avatar: z.string().nullable(),
  followers: z.number(),
  created_at: z.number(),
});
export type AccountRow = z.infer<typeof AccountRow>;

export const Visibility = z.enum(["public", "unlisted", "private", "direct"]);
export type Visibility = z.infer<typeof Visibility>;

export const StatusRow = z.object({
  id: z.string(),
  account_id: z.string(),
  text: z.string(),
  spoiler: z.string(),
  visibility: Visibility,
  language: z.string().nullable(),
  conversation_id: z.string(),
  reply_to_id: z.string().nullable(),
  reply_to_account_id: z.string().nullable(),
  reblog_of_id: z.string().nullable(),
  created_at: z.number(),
  edited_at: z.number().nullable(),
});
export type StatusRow = z.infer<typeof StatusRow>;

/** An access token that runs out. `made_with`: the refresh token that its first use ends. */
export const GrantRow = z.object({
  access: z.string(),
  refresh: z.string(),
  account_id: z.string(),
  lives_seconds: z.number(),
  expires_at: z.number(),
  made_with: z.string().nullable(),
});

export const MentionRow = z.object({ account_id: z.string(), username: z.string(), silent: flag });

export const VersionRow = z.object({ at: z.number(), text: z.string(), spoiler: z.string() });

export const NotificationType = z.enum(["mention", "update", "favourite", "reblog", "follow"]);
export type NotificationType = z.infer<typeof NotificationType>;

export const NotificationRow = z.object({
  id: z.string(),
  account_id: z.string(),
  type: NotificationType,
  from_id: z.string(),
  status_id: z.string().nullable(),
  created_at: z.number(),
});
export type NotificationRow = z.infer<typeof NotificationRow>;

/** For queries that only count. */
export const Count = z.object({ n: z.number() });
/** For queries that only name. */
export const Id = z.object({ id: z.string() });
