import type { Claimed } from "../model/reply.ts";
import type { Source } from "../sources/source.ts";

/** Why this reply cannot leave, as a sentence for the rep; undefined: nothing is in its way. */
export function toObstacle(
  source: Source | undefined,
  { answered, route, text, refused }: Claimed,
): string | undefined {
  if (source === undefined)
    return "The account that was to send this is not connected. Ask your administrator to connect it, then retry.";
  if (source.account.mode === "listen-only" || source.publish === undefined)
    return "This account only listens: no answer may leave through it.";
  if (refused !== undefined) return refused.detail;
  if (answered === undefined) return "The post that this answers is no longer in the CRM.";
  if (answered.visibility === "private" && route !== "Private message")
    return "A private message may only be answered privately.";
  if (text.trim() === "") return "The answer has no text.";
  return undefined;
}
