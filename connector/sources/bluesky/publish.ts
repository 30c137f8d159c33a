import type { Rejection } from "../../model/glossary.ts";
import type { Leave } from "../../model/leave.ts";
import type { Post } from "../../model/post.ts";
import type { Claimed } from "../../model/reply.ts";
import { Declined } from "../asking/declined.ts";
import { toRefusedReply } from "../replying/rejections.ts";
import { toFacets, toHandles } from "./facets.ts";
import type { Link } from "./link.ts";
import { readOwn } from "./read-own.ts";
import { readParent } from "./read-parent.ts";
import { WireWritten } from "./schema.ts";
import { sendMessage } from "./send-message.ts";
import { toOrder } from "./to-order.ts";
import type { Order } from "./to-order.ts";
import { POSTS } from "./uri.ts";

type Leaving = Link & { readonly leave: Leave };

/**
 * Says the reply. A public one has a place of its own in our repository, which follows from its key: there it is written
 * once, for ever, and read again when it stands there already. A private message is sent as often as this is called.
 */
export async function publish(reply: Claimed, link: Leaving, signal: AbortSignal): Promise<Post | Rejection> {
  const order = toOrder(reply, link.us);
  if ("reason" in order) return order;
  return order.kind === "post" ? await write(order, link, signal) : await sendMessage(order, link, signal);
}

async function write(
  order: Extract<Order, { kind: "post" }>,
  link: Leaving,
  signal: AbortSignal,
): Promise<Post | Rejection> {
  const { ask, read, clock, us, leave } = link;
  const parent = await readParent(order.parent, link, signal);
  if ("reason" in parent) {
    // It may have been written before the post it answers went.
    return (await readOwn(order, link, signal)) ?? parent;
  }
  const dids = await resolve(toHandles(order.text), link, signal);
  const facets = toFacets(order.text, dids);
  const record = {
    $type: POSTS,
    text: order.text,
    createdAt: clock.now(),
    reply: { root: parent.root, parent: parent.parent },
    ...(facets.length === 0 ? {} : { facets }),
  };
  const post = { repo: us.ourDid, collection: POSTS, rkey: order.at.rkey, record, swapRecord: null };
  try {
    const answer = await ask(signal, { method: "com.atproto.repo.putRecord", post, leave });
    const cid = WireWritten.safeParse(answer).data?.cid;
    const [said] = await read.posts([{ ...order.at, record, version: 0, cid }], signal);
    if (said !== undefined) return said;
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
    if (error.error !== "InvalidSwap") return toRefusedReply(error.message);
    const standing = await readOwn(order, link, signal);
    if (standing !== undefined) return standing;
  }
  throw new Error("The network took the reply and shows another one in its place");
}

/** Names that nobody has stay words. */
async function resolve(
  handles: readonly string[],
  { ask }: Link,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const dids = new Map<string, string>();
  for (const handle of handles) {
    const question = { method: "com.atproto.identity.resolveHandle", query: { handle } };
    const answer = await ask(signal, question).catch((error: unknown) => {
      if (error instanceof Declined) return undefined;
      throw error;
    });
    if (typeof answer === "object" && answer !== null && "did" in answer && typeof answer.did === "string")
      dids.set(handle, answer.did);
  }
  return dids;
}
