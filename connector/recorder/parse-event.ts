import { z } from "zod";
import type { PostEvent } from "../model/post.ts";

/** What every step asks of a post; what a post may have besides was checked by its source. */
const postSchema = z.looseObject({
  key: z.string(),
  network: z.string(),
  account: z.string(),
  kind: z.string(),
  visibility: z.enum(["public", "private"]),
  direction: z.enum(["inbound", "outbound"]),
  author: z.looseObject({ key: z.string(), network: z.string(), handle: z.string(), displayName: z.string() }),
  text: z.string(),
  version: z.number().nonnegative(),
  postedAt: z.string(),
  detectedAt: z.string(),
});

const eventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["posted", "edited"]), key: z.string(), post: postSchema }),
  z.object({
    type: z.literal("deleted"),
    key: z.string(),
    post: z.string(),
    at: z.string(),
    ours: z.literal(true).exactOptional(),
  }),
]);

/** The event of an entry of the log "posts"; throws where that is none. */
export function parseEvent(value: string): PostEvent {
  const event: unknown = JSON.parse(value);
  assertEvent(event);
  return event;
}

function assertEvent(event: unknown): asserts event is PostEvent {
  eventSchema.parse(event);
}
