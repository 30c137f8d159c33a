import type { Clock } from "../../clock.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { Post } from "../../model/post.ts";
import type { Tries } from "../source.ts";

/** A request that we gave up may still be worked on, and a replica may lag: only then does "not there" mean absent. */
export const SETTLED_AFTER_MS = 120_000;
/** The network's clock may be this much behind that of the connector that tried first, which need not be ours. */
const CLOCK_SKEW_MS = 600_000;
/** Some networks tell a time in whole seconds. */
const SECOND_MS = 1_000;

/** What became of a reply: our post, none, or nobody can tell. */
export type Found = Post | "absent" | "unknown";

/** What was said before this has nothing to do with these tries. */
export function toOldest({ first }: Tries): IsoTime {
  return toEarlier(first, CLOCK_SKEW_MS);
}

/** "unknown" while the reply may still be on its way. */
export function toAbsence({ last }: Tries, clock: Clock): "absent" | "unknown" {
  return Date.parse(clock.now()) - Date.parse(last) >= SETTLED_AFTER_MS ? "absent" : "unknown";
}

/**
 * Which of our posts that say the same is this reply's: the oldest since the first try that is no other reply's. One from
 * shortly before may be it by a clock that is behind, or somebody may have written it by hand: nobody can tell.
 */
export async function pickOurs(alike: readonly Post[], tries: Tries): Promise<Found> {
  const oldest = toOldest(tries);
  const first = toEarlier(tries.first, SECOND_MS);
  const inOrder = alike.toSorted((a, b) => (a.postedAt < b.postedAt ? -1 : 1));
  let found: Found = "absent";
  for (const post of inOrder) {
    if (post.postedAt < oldest || (await tries.isOthers?.(post.key)) === true) continue;
    if (post.postedAt > first) return post;
    found = "unknown";
  }
  return found;
}

function toEarlier(time: IsoTime, ms: number): IsoTime {
  return new Date(Date.parse(time) - ms).toISOString();
}
