import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Page } from "../../flow/feed.ts";
import type { Cursor } from "../../model/glossary.ts";
import type { PostEvent } from "../../model/post.ts";
import { isLater } from "./is-later.ts";
import { WireListed } from "./schema.ts";

/** A list of the network that can be asked for what came after an id. */
export interface Catalogue {
  /** The oldest elements after the id `after` (undefined: the very newest ones), in any order; none: there are no more. */
  list(after: string | undefined, signal: AbortSignal): Promise<readonly unknown[]>;
  fromList(element: unknown): PostEvent | undefined;
}

/**
 * How far the list was read: to `newest`. An id may come to light after a later one (another server, a slow transaction),
 * so the next reading begins at `from`, where the reading before this one ended. The journal skips what it has.
 */
const Mark = z.object({ from: z.string(), newest: z.string() });
const NOTHING_YET = "0";

/**
 * Reads the list from the cursor to its end, oldest first, all pages; without a cursor nothing but where its end is now.
 * The last page says until when all was heard.
 */
export async function* catchUp(
  catalogue: Catalogue,
  cursor: Cursor | undefined,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Page<PostEvent>> {
  if (cursor === undefined) {
    const heardUntil = clock.now();
    const newest = toNewest(await catalogue.list(undefined, signal)) ?? NOTHING_YET;
    yield { items: [], cursor: toCursor(newest, newest), heardUntil };
    return;
  }
  const start = Mark.parse(JSON.parse(cursor));
  let from = start.newest;
  let after = start.from;
  for (let pages = 0; ; pages++) {
    const heardUntil = clock.now();
    const elements = await catalogue.list(after, signal);
    const newest = toNewest(elements);
    if (newest === undefined || !isLater(newest, after)) {
      yield { items: [], cursor: toCursor(from, isLater(after, start.newest) ? after : start.newest), heardUntil };
      return;
    }
    if (pages > 0) from = after;
    after = newest;
    yield { items: toEvents(catalogue, elements), cursor: toCursor(pages > 0 ? from : start.from, newest) };
  }
}

/** Whether the list grew between the readings that ended at these cursors. */
export function hasGrown(before: Cursor, after: Cursor | undefined): boolean {
  if (after === undefined) return false;
  return Mark.parse(JSON.parse(before)).newest !== Mark.parse(JSON.parse(after)).newest;
}

function toCursor(from: string, newest: string): Cursor {
  return JSON.stringify({ from, newest });
}

function toEvents(catalogue: Catalogue, elements: readonly unknown[]): readonly PostEvent[] {
  const oldestFirst = elements.toSorted((a, b) => (isLater(toId(a), toId(b)) ? 1 : -1));
  return oldestFirst.map((element) => catalogue.fromList(element)).filter((event) => event !== undefined);
}

function toNewest(elements: readonly unknown[]): string | undefined {
  const ids = elements.map(toId).filter((id) => id !== "");
  return ids.length === 0 ? undefined : ids.reduce((latest, id) => (isLater(id, latest) ? id : latest));
}

function toId(element: unknown): string {
  return WireListed.safeParse(element).data?.id ?? "";
}
