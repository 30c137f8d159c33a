import { z } from "zod";
import type { Delivery } from "../../connector/sources/source.ts";

/** What the connector may make of a delivery, written down apart from how it does. */
const text = z.string().refine((value) => value.isWellFormed() && !/[\p{Cc}--[\n\t]]/v.test(value));
const time = z.iso.datetime({ precision: 3 }).refine((at) => at >= "1990" && at < "2026-03-02T11");
const key = text.max(255).regex(/^webhook:shop\/[^#|\s][^#|]*$/);
const address = z.url().regex(/^https?:\/\/[^\s]+$/);

const Persona = z.strictObject({
  key: key.regex(/^webhook:shop\/(?:authors\/.|account$)/),
  network: z.string().regex(/^[a-z][a-z0-9-]*$/),
  handle: text.min(1).max(200),
  displayName: text.max(200),
  profileUrl: address.optional(),
  avatarUrl: address.optional(),
});

const Post = z.strictObject({
  key,
  network: z.string().regex(/^[a-z][a-z0-9-]*$/),
  account: z.literal("webhook:shop/account"),
  sourceClass: z.enum(["microblog", "community", "review", "news", "message", "offline", "signal"]),
  kind: z.enum(["mention", "reply", "comment", "post", "message", "review", "article", "signal"]),
  visibility: z.enum(["public", "private"]),
  direction: z.enum(["inbound", "outbound"]),
  conversation: key.optional(),
  parent: key.optional(),
  author: Persona,
  text: text.max(100_000),
  version: z.number().int().nonnegative(),
  postedAt: time,
  detectedAt: time,
  url: address.optional(),
  media: z
    .array(z.strictObject({ url: address, kind: z.string(), description: text.optional() }))
    .max(20)
    .optional(),
  language: z.string().max(35).optional(),
});

const Event = z.union([
  z.strictObject({ type: z.enum(["posted", "edited"]), key: z.string(), post: Post }),
  z.strictObject({ type: z.literal("deleted"), key: z.string(), post: key, at: time, ours: z.literal(true) }),
]);

const Sound = z.strictObject({
  events: z.array(Event).max(1000),
  complete: z.array(z.strictObject({ from: time.optional(), to: time })).max(1000),
});

/** Why what was taken must not be; undefined: nothing is wrong with it. */
export function toUnsound(delivery: Delivery): string | undefined {
  const parsed = Sound.safeParse(delivery);
  if (!parsed.success) return `it became what no post is: ${z.prettifyError(parsed.error)}`;
  for (const event of delivery.events) {
    const wanted = event.type === "deleted" ? `${event.post}#gone` : `${event.post.key}#${event.post.version}`;
    if (event.key !== wanted) return `the key of an event does not fit: ${event.key}`;
  }
  return undefined;
}
