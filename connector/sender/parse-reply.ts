import { z } from "zod";
import type { Reply } from "../model/reply.ts";

const schema = z.object({
  key: z.string(),
  row: z.string(),
  attempt: z.number().int().positive(),
  order: z.enum(["send", "retry", "was-sent", "send-again", "left"]),
  account: z.string().optional(),
});

/** The reply of an entry of the log "replies"; throws where that is none. */
export function parseReply(value: string): Reply {
  const reply: unknown = JSON.parse(value);
  assertReply(reply);
  return reply;
}

function assertReply(reply: unknown): asserts reply is Reply {
  schema.parse(reply);
}
