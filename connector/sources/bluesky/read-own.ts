import type { Post } from "../../model/post.ts";
import { Declined } from "../asking/declined.ts";
import type { Link } from "./link.ts";
import { WirePost, WireRecord } from "./schema.ts";
import type { Order } from "./to-order.ts";
import { POSTS, toUri } from "./uri.ts";

/** What stands where this reply has its place, in our own repository; undefined: nothing, or something else. */
export async function readOwn(
  { at, parent, text }: Pick<Extract<Order, { kind: "post" }>, "at" | "parent" | "text">,
  { ask, read }: Link,
  signal: AbortSignal,
): Promise<Post | undefined> {
  try {
    const query = { repo: at.did, collection: POSTS, rkey: at.rkey };
    const { cid, value } = WireRecord.parse(await ask(signal, { method: "com.atproto.repo.getRecord", query }));
    const record = WirePost.safeParse(value).data;
    if (record?.text !== text || record.reply?.parent.uri !== toUri(parent)) return undefined;
    const [post] = await read.posts([{ ...at, record: value, version: 0, cid }], signal);
    return post;
  } catch (error) {
    if (error instanceof Declined) return undefined;
    throw error;
  }
}
