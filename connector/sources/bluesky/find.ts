import type { Post } from "../../model/post.ts";
import type { Claimed } from "../../model/reply.ts";
import { Declined } from "../asking/declined.ts";
import { toCleanText } from "../clean-text.ts";
import { pickOurs, toAbsence, toOldest } from "../replying/look-up.ts";
import type { Found } from "../replying/look-up.ts";
import type { Tries } from "../source.ts";
import { toMessageKey } from "./keys.ts";
import type { Link } from "./link.ts";
import { readMessages } from "./read-messages.ts";
import { readOwn } from "./read-own.ts";
import { openExchange } from "./send-message.ts";
import type { Message } from "./send-message.ts";
import { toOrder } from "./to-order.ts";

/**
 * A public reply is looked up in its own place, a message among those that we wrote to this person since the first try, in
 * these very words. "unknown" while it may still be on its way, and where the network does not let us look.
 */
export async function find(reply: Claimed, tries: Tries, link: Link, signal: AbortSignal): Promise<Found> {
  const order = toOrder(reply, link.us);
  if ("reason" in order) return "unknown";
  const absence = toAbsence(tries, link.clock);
  if (order.kind === "post") return (await readOwn(order, link, signal)) ?? absence;
  try {
    const found = await findMessage(order, tries, link, signal);
    return found === "absent" ? absence : found;
  } catch (error) {
    if (error instanceof Declined) return "unknown";
    throw error;
  }
}

/** What answers another message is another reply; what answers none, and what was deleted since, may be this one. */
async function findMessage(order: Message, tries: Tries, link: Link, signal: AbortSignal): Promise<Found> {
  const convoId = await openExchange(order.to, link, signal);
  const parent = order.answered && toMessageKey(link.us.ourDid, convoId, order.answered);
  const words = toCleanText(order.text);
  const { said, deleted, isWhole } = await readSince(toOldest(tries), convoId, link, signal);
  const alike = said.filter((post) => post.direction === "outbound" && post.text === words);
  const found = await pickOurs(
    alike.filter((post) => post.parent === parent),
    tries,
  );
  if (found !== "absent") return found;
  const loose = parent === undefined ? [] : alike.filter((post) => post.parent === undefined);
  const mayBeIt = [...loose.map(({ key }) => key), ...deleted];
  for (const key of mayBeIt) if ((await tries.isOthers?.(key)) !== true) return "unknown";
  return isWhole ? "absent" : "unknown";
}

interface Exchange {
  readonly said: readonly Post[];
  /** Keys of what we said and deleted from our inbox. */
  readonly deleted: readonly string[];
  /** false: the network did not let us see far enough. */
  readonly isWhole: boolean;
}

async function readSince(oldest: string, convoId: string, link: Link, signal: AbortSignal): Promise<Exchange> {
  const said: Post[] = [];
  const deleted: string[] = [];
  for await (const { messages, isLast } of readMessages(convoId, link, signal)) {
    const fresh = messages.filter(({ sentAt }) => new Date(sentAt).toISOString() >= oldest);
    const whole = fresh.filter(({ text }) => text !== undefined).map((wire) => ({ convoId, wire }));
    said.push(...(await link.read.messages(whole, signal)));
    const gone = fresh.filter(({ text, sender }) => text === undefined && sender.did === link.us.ourDid);
    deleted.push(...gone.map(({ id }) => toMessageKey(link.us.ourDid, convoId, id)));
    if (isLast || fresh.length < messages.length) return { said, deleted, isWhole: true };
  }
  return { said, deleted, isWhole: false };
}
