import type { Clock } from "../clock.ts";
import { untilAvailable } from "../flow/retry.ts";
import type { OnWait } from "../flow/retry.ts";
import type { Journal, NewEntry } from "../journal/journal.ts";
import type { PostEvent } from "../model/post.ts";
import type { Held, Source } from "../sources/source.ts";

/** Posts that are asked about in one go, and the rest after them: hearing needs the network's limits more. */
const AT_ONCE = 20;
const REST_MS_PER_POST = 150;

export interface RoundOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly toEntry: (event: PostEvent) => NewEntry;
  /** Told of what some posts brought, when it is durable. */
  readonly onChecked?: ((source: Source, checked: number, found: readonly PostEvent[]) => void) | undefined;
  readonly onWait?: OnWait | undefined;
}

/** Reads these posts again, the last of them first; what became of them goes into the log "posts", like all that is heard. */
export async function recheckAll(
  options: RoundOptions,
  { source, posts }: { readonly source: Source; readonly posts: readonly Held[] },
  signal: AbortSignal,
): Promise<void> {
  const newestFirst = posts.toReversed();
  for (let start = 0; start < newestFirst.length && !signal.aborted; start += AT_ONCE) {
    const some = newestFirst.slice(start, start + AT_ONCE);
    await untilAvailable(options.clock, signal, () => recheckSome(options, source, some, signal), options.onWait);
    await options.clock.sleep(some.length * REST_MS_PER_POST, signal);
  }
}

async function recheckSome(
  { journal, toEntry, onChecked }: RoundOptions,
  source: Source,
  some: readonly Held[],
  signal: AbortSignal,
): Promise<void> {
  const found: PostEvent[] = [];
  for await (const events of source.recheck?.(some, signal) ?? []) {
    if (events.length > 0) await journal.append("posts", events.map(toEntry));
    found.push(...events);
  }
  onChecked?.(source, some.length, found);
}
