import type { Post } from "../../model/post.ts";
import type { Claimed } from "../../model/reply.ts";
import { Declined } from "../asking/declined.ts";
import { pickOurs, toAbsence, toOldest } from "../replying/look-up.ts";
import type { Found } from "../replying/look-up.ts";
import type { Tries } from "../source.ts";
import { toPostKey } from "./keys.ts";
import type { Link } from "./link.ts";
import { toComparable } from "./reply-text.ts";
import { WireListed } from "./schema.ts";
import { toStatus } from "./to-status.ts";

const LONGEST_PAGE = 40;
const MOST_PAGES = 50;

/**
 * Looks through what our account said since the first try for the answer to this very post in these very words. "unknown"
 * while the answer may still be on its way, where one of our posts cannot be read (it may be the one), or when the list
 * does not let us see far enough.
 */
export async function find(reply: Claimed, tries: Tries, link: Link, signal: AbortSignal): Promise<Found> {
  const status = toStatus(reply, link.us);
  if ("reason" in status) return "unknown";
  const words = toComparable(status.status);
  const parent = toPostKey(link.us.domain, status.in_reply_to_id);
  const isAlike = (post: Post) =>
    post.parent === parent &&
    (post.kind === "message") === (status.visibility === "direct") &&
    toComparable(post.text) === words;

  const { posts, isWhole } = await readOwn(toOldest(tries), link, signal);
  const found = await pickOurs(posts.filter(isAlike), tries);
  if (found !== "absent") return found;
  return isWhole ? toAbsence(tries, link.clock) : "unknown";
}

interface Own {
  readonly posts: readonly Post[];
  /** false: there may be others that we could not read. */
  readonly isWhole: boolean;
}

/** What our account said since then. */
async function readOwn(oldest: string, link: Link, signal: AbortSignal): Promise<Own> {
  const posts: Post[] = [];
  let isWhole = true;
  let before: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const elements = await listOwn(before, link, signal);
    if (elements === undefined) return { posts, isWhole: false };
    for (const element of elements) {
      const post = link.read(element);
      if (post === undefined) isWhole = false;
      else if (post.postedAt < oldest) return { posts, isWhole };
      else posts.push(post);
    }
    if (elements.length === 0) return { posts, isWhole };
    before = WireListed.safeParse(elements.at(-1)).data?.id;
    if (before === undefined) return { posts, isWhole: false };
  }
  return { posts, isWhole: false };
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
