import type { Rejection } from "../../model/glossary.ts";
import type { Claimed } from "../../model/reply.ts";
import { BROADCAST, ELSEWHERE, PRIVATE, toAnswered } from "../replying/rejections.ts";
import { TEXT_LIMIT } from "./identify-us.ts";
import { toAddress, toDid, toMessageIds } from "./keys.ts";
import { UNUSUAL_NAME } from "./routes.ts";
import { toReplyTid } from "./tid.ts";
import type { Perspective } from "./to-post.ts";
import type { PostUri } from "./uri.ts";

/** What is to be sent for a reply. */
export type Order =
  | { readonly kind: "post"; readonly text: string; readonly parent: PostUri; readonly at: PostUri }
  | { readonly kind: "message"; readonly text: string; readonly to: string; readonly answered: string | undefined };

const LIMITS = {
  post: { graphemes: TEXT_LIMIT, bytes: 3_000 },
  message: { graphemes: 1_000, bytes: 10_000 },
} as const;

/** What says this reply, or why there can be none: a reason that needs no answer of the network. */
export function toOrder(reply: Claimed, us: Perspective): Order | Rejection {
  const answered = toAnswered(reply, us.account);
  if ("reason" in answered) return answered;
  const text = reply.text.toWellFormed().trim();
  switch (reply.route) {
    case "Public reply": {
      if (answered.visibility === "private") return PRIVATE;
      const parent = toAddress(answered.key);
      if (parent === undefined) return ELSEWHERE;
      const rkey = toReplyTid(reply.key, parent.rkey);
      if (rkey === undefined) return { reason: "unusual-name", detail: UNUSUAL_NAME };
      return toLengthBlock(text, "post") ?? { kind: "post", text, parent, at: { did: us.ourDid, rkey } };
    }
    case "Private message": {
      const to = toDid(answered.authorKey);
      if (to === undefined) return ELSEWHERE;
      if (to === us.ourDid)
        return { reason: "ours", detail: "This post is our own: answer one of the customer's posts." };
      const inExchange = toMessageIds(us.ourDid, answered.key)?.id;
      return toLengthBlock(text, "message") ?? { kind: "message", text, to, answered: inExchange };
    }
    case "Broadcast":
      return BROADCAST;
  }
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function toLengthBlock(text: string, kind: keyof typeof LIMITS): Rejection | undefined {
  const limit = LIMITS[kind];
  const length = [...graphemes.segment(text)].length;
  if (length > limit.graphemes)
    return {
      reason: "refused",
      detail: `The reply has ${length} characters, the network takes ${limit.graphemes}. Shorten it and retry.`,
    };
  if (Buffer.byteLength(text) > limit.bytes)
    return {
      reason: "refused",
      detail: "The reply has too many emoji or accents for the network. Shorten it and retry.",
    };
  return undefined;
}
