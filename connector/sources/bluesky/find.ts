import type { Post } from "../../model/post.ts";
import type { Claimed } from "../../model/reply.ts";
import type { Tries } from "../source.ts";
import { toCleanText } from "../clean-text.ts";
import { TO_CHAT } from "./client.ts";
import { Declined } from "./failure.ts";
import type { Link } from "./link.ts";
import { readOwn } from "./read-own.ts";
import { WireMessage, WireMessages } from "./schema.ts";
import { openExchange } from "./send-message.ts";
import type { Message } from "./send-message.ts";
import { toOrder } from "./to-order.ts";

/** A request that we gave up may still be worked on: only then does "not there" mean absent. */
export const SETTLED_AFTER_MS = 120_000;
/** The network's clock may be this much behind ours. */
const CLOCK_SKEW_MS = 120_000;
const LONGEST_PAGE = 100;
const MOST_PAGES = 20;

/**
 * A public reply is looked up in its own place, a message among those that we wrote to this person since the first try, in
 * these very words. "unknown" while it may still be on its way, and where the network does not let us look.
 */
export async function find(
  reply: Claimed,
  tries: Tries,
  link: Link,
  signal: AbortSignal,
): Promise<Post | "absent" | "unknown"> {
  const order = toOrder(reply, link.us);
  if ("reason" in order) return "unknown";
  const isSettled = Date.parse(link.clock.now()) - Date.parse(tries.last) >= SETTLED_AFTER_MS;
  const absent = isSettled ? "absent" : "unknown";
  if (order.kind === "post") return (await readOwn(order, link, signal)) ?? absent;
  try {
    const found = await findMessage(order, tries.first, link, signal);
    return found === "absent" ? absent : found;
  } catch (error) {
    if (error instanceof Declined) return "unknown";
    throw error;
  }
}

/** What may be an earlier message in the same words, or was deleted since, leaves it "unknown". */
async function findMessage(
  { to, text }: Message,
  first: string,
  link: Link,
  signal: AbortSignal,
): Promise<Post | "absent" | "unknown"> {
  const convoId = await openExchange(to, link, signal);
  const words = toCleanText(text);
  const since = new Date(Date.parse(first) - CLOCK_SKEW_MS).toISOString();
  let absent: "absent" | "unknown" = "absent";
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { messages, cursor: older } = await askMessages(convoId, cursor, link, signal);
    const posts = await link.read.messages(
      messages.map((wire) => ({ convoId, wire })),
      signal,
    );
    const ours = posts.filter((post) => post.direction === "outbound" && post.postedAt >= since && post.text === words);
    const found = ours.find(({ postedAt }) => postedAt >= first);
    if (found !== undefined) return found;
    if (ours.length > 0 || messages.some((wire) => isDeleted(wire, link.us.ourDid, since))) absent = "unknown";
    if (older === undefined || messages.length === 0 || posts.some(({ postedAt }) => postedAt < since)) return absent;
    cursor = older;
  }
  return "unknown";
}

/** Did we say something here since then that no longer shows what it was? */
function isDeleted(wire: unknown, ourDid: string, since: string): boolean {
  const message = WireMessage.safeParse(wire).data;
  if (message === undefined || message.text !== undefined || message.sender.did !== ourDid) return false;
  return new Date(message.sentAt).toISOString() >= since;
}

/** The newest first. */
export async function askMessages(convoId: string, cursor: string | undefined, { ask }: Link, signal: AbortSignal) {
  const query = { convoId, limit: LONGEST_PAGE, ...(cursor === undefined ? {} : { cursor }) };
  return WireMessages.parse(await ask(signal, { method: "chat.bsky.convo.getMessages", query, headers: TO_CHAT }));
}
