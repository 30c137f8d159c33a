import type { Clock } from "../../clock.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { Post } from "../../model/post.ts";
import type { Claimed } from "../../model/reply.ts";
import { Refused } from "./client.ts";
import type { Publishing } from "./publish.ts";
import { toPostKey } from "./keys.ts";
import { toComparable } from "./reply-text.ts";
import { WireListed } from "./schema.ts";
import { toStatus } from "./to-status.ts";

/** A request that we gave up may still be worked on, and a replica may lag: only then does "not there" mean absent. */
const SETTLED_AFTER_MS = 120_000;
/** The network's clock may be this much behind ours. */
const CLOCK_SKEW_MS = 120_000;
const LONGEST_PAGE = 40;
const MOST_PAGES = 50;

export interface Finding extends Publishing {
  readonly clock: Clock;
}

/**
 * Looks through what our account said since then for the answer to this very post in these very words. "unknown" while
 * the answer may still be on its way, or when the list does not let us see far enough.
 */
export async function find(
  reply: Claimed,
  since: IsoTime,
  finding: Finding,
  signal: AbortSignal,
): Promise<Post | "absent" | "unknown"> {
  const status = toStatus(reply, finding.us);
  if ("reason" in status) return "unknown";
  const words = toComparable(status.status);
  const parent = toPostKey(finding.us.domain, status.inReplyToId);
  const oldestMs = Date.parse(since) - CLOCK_SKEW_MS;
  const isSettled = Date.parse(finding.clock.now()) - Date.parse(since) >= SETTLED_AFTER_MS;
  const absent = isSettled ? "absent" : "unknown";
  const isIt = (post: Post) =>
    post.parent === parent &&
    (post.kind === "message") === (status.visibility === "direct") &&
    toComparable(post.text) === words;

  let before: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const elements = await listOwn(before, finding, signal);
    if (elements === undefined) return "unknown";
    const posts = elements.map(finding.read);
    const found = posts.find((post) => post !== undefined && isIt(post));
    if (found !== undefined) return found;
    const isPast = posts.some((post) => post !== undefined && Date.parse(post.postedAt) < oldestMs);
    if (elements.length === 0 || isPast) return absent;
    before = WireListed.safeParse(elements.at(-1)).data?.id;
    if (before === undefined) return "unknown";
  }
  return "unknown";
}

/** Our posts before that id, the newest first; undefined: the network does not let us see them. */
async function listOwn(
  before: string | undefined,
  { ask, us }: Finding,
  signal: AbortSignal,
): Promise<readonly unknown[] | undefined> {
  const older = before === undefined ? {} : { maxId: before };
  try {
    return await ask(signal, (rest) =>
      rest.v1.accounts.$select(us.ourId).statuses.list({ excludeReblogs: true, limit: LONGEST_PAGE, ...older }),
    );
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
