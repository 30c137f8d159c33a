import type { Rejection } from "../../model/glossary.ts";
import type { AnsweredPost, Claimed } from "../../model/reply.ts";
import { BROADCAST, ELSEWHERE, PRIVATE, toAnswered } from "../replying/rejections.ts";
import { toPostId } from "./keys.ts";
import { toNamed, toReplyText } from "./reply-text.ts";
import type { Perspective } from "./to-post.ts";

/** What is sent to the network for a reply, as it travels. */
export interface NewStatus {
  readonly status: string;
  readonly in_reply_to_id: string;
  readonly visibility: "public" | "direct";
}

/** The status that says this reply, or why there can be none: a reason that needs no answer of the network. */
export function toStatus(reply: Claimed, us: Perspective): NewStatus | Rejection {
  const answered = toAnswered(reply, us.account);
  if ("reason" in answered) return answered;
  const in_reply_to_id = toPostId(us.domain, answered.key);
  if (in_reply_to_id === undefined) return ELSEWHERE;
  const isOurs = answered.authorKey === us.account.key;
  const status = toReplyText(reply.text, isOurs ? "" : answered.authorHandle, us.domain);
  switch (reply.route) {
    case "Public reply":
      return answered.visibility === "public" ? { status, in_reply_to_id, visibility: "public" } : PRIVATE;
    case "Private message":
      return toStranger(status, answered, us) ?? { status, in_reply_to_id, visibility: "direct" };
    case "Broadcast":
      return BROADCAST;
  }
}

/** Everybody may read why a reply failed: whom a private message names is not repeated there. */
const NAMES_OTHERS: Rejection = {
  reason: "names-others",
  detail: "A private message is shown to everybody it names. Take out every @name but the customer's.",
};

/** The network shows a private message to everybody whom it names: a slip of the pen would hand it to strangers. */
function toStranger(status: string, answered: AnsweredPost, us: Perspective): Rejection | undefined {
  const invited = [answered.authorHandle, us.account.handle].map((handle) => handle.toLowerCase());
  return toNamed(status, us.domain).some((handle) => !invited.includes(handle)) ? NAMES_OTHERS : undefined;
}
