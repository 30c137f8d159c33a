import { z } from "zod";
import type { FollowedChange } from "../model/change.ts";

const done = { key: z.string(), at: z.string(), by: z.string().optional() };
const link = z.object({ contact: z.string().optional(), lead: z.string().optional(), account: z.string().optional() });

const schema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("identity"),
    ...done,
    persona: z.string(),
    state: z.enum(["Anonymous", "Suggested", "Linked", "Verified"]),
    link,
    before: link,
  }),
  z.object({
    type: z.literal("labels"),
    ...done,
    post: z.string(),
    version: z.number(),
    caseId: z.string().optional(),
    sentiment: z.string().optional(),
    intent: z.string().optional(),
    topics: z.array(z.string()).optional(),
    needsResponse: z.boolean().optional(),
  }),
  z.object({ type: z.literal("case"), ...done, post: z.string(), caseId: z.string().optional() }),
  z.object({
    type: z.literal("merged"),
    ...done,
    object: z.enum(["Contact", "Lead", "Account", "Case"]),
    from: z.string(),
    into: z.string(),
  }),
  z.object({ type: z.literal("converted"), ...done, lead: z.string(), contact: z.string(), account: z.string() }),
  z.object({ type: z.literal("written"), ...done, reply: z.string() }),
]);

/** The change of an entry of the log "changes"; throws where that is none. */
export function parseChange(value: string): FollowedChange {
  const change: unknown = JSON.parse(value);
  assertChange(change);
  return change;
}

function assertChange(change: unknown): asserts change is FollowedChange {
  schema.parse(change);
}
