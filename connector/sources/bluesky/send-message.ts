import { Declined } from "../asking/declined.ts";
import type { Rejection } from "../../model/glossary.ts";
import type { Leave } from "../../model/leave.ts";
import type { Post } from "../../model/post.ts";
import { toReason } from "./chat-refusal.ts";
import { TO_CHAT } from "./client.ts";
import { toFacets } from "./facets.ts";
import type { Link } from "./link.ts";
import { WireConvo } from "./schema.ts";
import type { Order } from "./to-order.ts";

export type Message = Extract<Order, { kind: "message" }>;

/**
 * Into the exchange with this one person, never into a group that they wrote in. The network has no key that makes two
 * messages one. An error that is not `Unavailable` says that nobody should simply try again.
 */
export async function sendMessage(
  order: Message,
  link: Link & { readonly leave: Leave },
  signal: AbortSignal,
): Promise<Post | Rejection> {
  const { ask, read, leave } = link;
  const facets = toFacets(order.text, new Map());
  try {
    const convoId = await openExchange(order.to, link, signal);
    const message = {
      text: order.text,
      ...(facets.length === 0 ? {} : { facets }),
      ...(order.answered === undefined ? {} : { replyTo: { messageId: order.answered } }),
    };
    const question = { method: "chat.bsky.convo.sendMessage", post: { convoId, message }, headers: TO_CHAT, leave };
    const [post] = await read.messages([{ convoId, wire: await ask(signal, question) }], signal);
    if (post !== undefined) return post;
  } catch (error) {
    if (error instanceof Declined) return toReason(error);
    throw error;
  }
  throw new Error("The network took the message and answered with something that cannot be read");
}

/** Always the same one between two people; it is made where there is none. */
export async function openExchange(did: string, { ask }: Link, signal: AbortSignal): Promise<string> {
  const question = { method: "chat.bsky.convo.getConvoForMembers", query: { members: [did] }, headers: TO_CHAT };
  return WireConvo.parse(await ask(signal, question)).convo.id;
}
