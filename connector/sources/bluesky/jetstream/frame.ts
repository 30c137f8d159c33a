import { z } from "zod";
import { POSTS } from "../uri.ts";

const event = { seq: z.number().int().nonnegative(), did: z.string(), time: z.iso.datetime({ offset: true }) };
const NAME = "network.bsky.jetstream.subscribeEvents#";

const Commit = z.object({
  ...event,
  $type: z.literal(`${NAME}commit`),
  rev: z.string(),
  operation: z.enum(["create", "update", "delete"]),
  collection: z.literal(POSTS),
  rkey: z.string().regex(/^[\w.~:-]+$/),
  cid: z.string().optional(),
  record: z.unknown().optional(),
});
const AccountChange = z.object({
  ...event,
  $type: z.literal(`${NAME}account`),
  account: z.object({ active: z.boolean(), status: z.string().optional() }),
});
const IdentityChange = z.object({ ...event, $type: z.literal(`${NAME}identity`) });

const Payload = z.discriminatedUnion("$type", [Commit, AccountChange, IdentityChange]);
const Message = z.object({ $type: z.literal("message"), payload: Payload });
const Stamp = z.object({ payload: z.object({ seq: event.seq, time: event.time }) });
/** The network's own words about the stream; they have no place in it. */
const Aside = z.union([
  z.object({ $type: z.literal("error") }),
  z.object({ $type: z.literal("message"), payload: z.object({ $type: z.literal(`${NAME}info`), name: z.string() }) }),
]);
const LIKE_AN_ASIDE = /"\$type"\s*:\s*"(?:error|network\.bsky\.jetstream\.subscribeEvents#info)"/;

/** A frame of the stream that we can do something with. */
export type Frame = z.infer<typeof Payload>;
export type Commit = z.infer<typeof Commit>;
export type AccountChange = z.infer<typeof AccountChange>;

/** undefined: it tells nothing, or nothing that can be read. */
export function toFrame(raw: string): Frame | undefined {
  return Message.safeParse(toJson(raw)).data?.payload;
}

/** Where in the stream a frame stands; undefined: it has no place there. */
export function toStamp(raw: string): { readonly seq: number; readonly time: string } | undefined {
  const { seq, time } = Stamp.safeParse(toJson(raw)).data?.payload ?? {};
  return seq === undefined || time === undefined ? undefined : { seq, time: new Date(time).toISOString() };
}

/** "clamped": the stream reaches back less far than was asked for. undefined: it is no aside, whatever a record in it says. */
export function toAside(raw: string): "clamped" | "other" | undefined {
  const aside = LIKE_AN_ASIDE.test(raw) ? Aside.safeParse(toJson(raw)).data : undefined;
  if (aside === undefined) return undefined;
  return "payload" in aside && aside.payload.name === "OutdatedCursor" ? "clamped" : "other";
}

/** The text of a post, before anything of it is checked; undefined: it has none. */
export function toRawText(raw: string): string | undefined {
  const message = toJson(raw) as { payload?: { record?: { text?: unknown } } } | undefined;
  const text = message?.payload?.record?.text;
  return typeof text === "string" ? text : undefined;
}

function toJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
