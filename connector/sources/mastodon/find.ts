import type { Post } from "../../model/post.ts";
import type { Claimed } from "../../model/reply.ts";
import type { Tries } from "../source.ts";
import { Declined } from "./failure.ts";
import { toPostKey } from "./keys.ts";
import type { Link } from "./link.ts";
import { toComparable } from "./reply-text.ts";
import { WireListed } from "./schema.ts";
import { toStatus } from "./to-status.ts";

/** A request that we gave up may still be worked on, and a replica may lag: only then does "not there" mean absent. */
export const SETTLED_AFTER_MS = 120_000;
/** The network's clock may be this much behind ours. */
const CLOCK_SKEW_MS = 120_000;
const LONGEST_PAGE = 40;
const MOST_PAGES = 50;

/**
 * Looks through what our account said since the first try for the answer to this very post in these very words. "unknown"
 * while the answer may still be on its way, where one of our posts cannot be read (it may be the one), or when the list
 * does not let us see far enough.
 */
export async function find(
  reply: Claimed,
  tries: Tries,
  link: Link,
  signal: AbortSignal,
): Promise<Post | "absent" | "unknown"> {
  const status = toStatus(reply, link.us);
  if ("reason" in status) return "unknown";
  const words = toComparable(status.status);
  const parent = toPostKey(link.us.domain, status.in_reply_to_id);
  const oldestMs = Date.parse(tries.first) - CLOCK_SKEW_MS;
  const isSettled = Date.parse(link.clock.now()) - Date.parse(tries.last) >= SETTLED_AFTER_MS;
  let absent: "absent" | "unknown" = isSettled ? "absent" : "unknown";
  const isIt = (post: Post) =>
    post.parent === parent &&
    (post.kind === "message") === (status.visibility === "direct") &&
    toComparable(post.text) === words;

  let before: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const elements = await listOwn(before, link, signal);
    if (elements === undefined) return "unknown";
    for (const element of elements) {
      const post = link.read(element);
      if (post === undefined) absent = "unknown";
      else if (isIt(post)) return post;
      else if (Date.parse(post.postedAt) < oldestMs) return absent;
    }
    if (elements.length === 0) return absent;
    before = WireListed.safeParse(elements.at(-1)).data?.id;
    if (before === undefined) return "unknown";
  }
  return "unknown";
}

/** Our posts before that id, the newest first; undefined: the network does not let us see them. */
async function listOwn(
  before: string | undefined,
  { ask, us }: Link,
  signal: AbortSignal,
): Promise<readonly unknown[] | undefined> {
  const older = before === undefined ? {} : { max_id: before };
  const query = { exclude_reblogs: true, limit: LONGEST_PAGE, ...older };
  try {
    const answer = await ask(signal, { path: `/api/v1/accounts/${us.ourId}/statuses`, query });
    return Array.isArray(answer) ? answer : undefined;
  } catch (error) {
    if (error instanceof Declined) return undefined;
    throw error;
  }
}
