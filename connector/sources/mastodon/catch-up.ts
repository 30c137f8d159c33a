import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Lost, Page } from "../../flow/feed.ts";
import type { Cursor, IsoTime } from "../../model/glossary.ts";
import type { PostEvent } from "../../model/post.ts";
import type { Listed } from "./ask-list.ts";
import { isLater } from "./is-later.ts";

/** A list of the network that can be asked for what came after an id. */
export interface Catalogue {
  /** The oldest elements after the id `after` (undefined: the very newest ones), in any order; none: there are no more. */
  list(after: string | undefined, signal: AbortSignal): Promise<readonly Listed[]>;
  /** Whether the list holds anything from before that id (undefined: anything at all). Without it nobody can tell. */
  reachesBack?(before: string | undefined, signal: AbortSignal): Promise<boolean>;
  fromList(wire: unknown): PostEvent | undefined;
}

/**
 * How far the list was read: to `newest`. An id may come to light after a later one (another server, a slow transaction),
 * so the next reading begins at `from`, where the reading before this one ended. The journal skips what it has.
 */
const Mark = z.object({ from: z.string(), newest: z.string(), at: z.string().optional() });
type Mark = z.infer<typeof Mark>;
const NOTHING_YET = "0";
/** After a shorter absence a list that does not reach back has lost too little time to be asked about. */
const ABSENCE_MS = 60 * 60_000;

/**
 * Reads the list from the cursor to its end, oldest first, all pages; without a cursor nothing but where its end is now.
 * The last page says until when all was heard. After an absence the first one says what the list no longer holds.
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
    yield { items: [], cursor: toCursor({ from: newest, newest, at: heardUntil }), heardUntil };
    return;
  }
  const start = toMark(cursor);
  let from = start.newest;
  let after = start.from;
  for (let pages = 0; ; pages++) {
    const heardUntil = clock.now();
    const elements = await catalogue.list(after, signal);
    const newest = toNewest(elements);
    const lost = pages === 0 ? await findLost(catalogue, { start, elements, now: heardUntil }, signal) : undefined;
    const losing = lost === undefined ? {} : { lost };
    if (newest === undefined || !isLater(newest, after)) {
      const reached = isLater(after, start.newest) ? after : start.newest;
      yield { items: [], cursor: toCursor({ from, newest: reached, at: heardUntil }), heardUntil, ...losing };
      return;
    }
    if (pages > 0) from = after;
    after = newest;
    const mark = { from: pages > 0 ? from : start.from, newest, at: start.at };
    yield { items: toEvents(catalogue, elements), cursor: toCursor(mark), ...losing };
  }
}

/** Whether the list grew between the readings that ended at these cursors. */
export function hasGrown(before: Cursor, after: Cursor | undefined): boolean {
  return after !== undefined && toMark(before).newest !== toMark(after).newest;
}

/**
 * The list once held what the cursor names. Where it now begins later, or is empty, it was cleared or cut: what was said in
 * between may never be given.
 */
async function findLost(
  catalogue: Catalogue,
  { start, elements, now }: { readonly start: Mark; readonly elements: readonly Listed[]; readonly now: IsoTime },
  signal: AbortSignal,
): Promise<Lost | undefined> {
  if (catalogue.reachesBack === undefined || start.at === undefined || start.newest === NOTHING_YET) return undefined;
  if (Date.parse(now) - Date.parse(start.at) < ABSENCE_MS) return undefined;
  const oldest = elements.filter(({ id }) => id !== "").toSorted(byAge)[0];
  const isKnown = oldest !== undefined && !isLater(oldest.id, start.newest);
  if (isKnown || (await catalogue.reachesBack(oldest?.id, signal))) return undefined;
  const to = oldest?.at === undefined ? now : new Date(oldest.at).toISOString();
  return to <= start.at ? undefined : { from: start.at, to, detail: CUT };
}

const CUT =
  "The network's list was cleared or cut while nobody listened: what was said in this time may be missing. Look in the network's own app.";

function toMark(cursor: Cursor): Mark {
  return Mark.parse(JSON.parse(cursor));
}

function toCursor({ from, newest, at }: Mark): Cursor {
  return JSON.stringify({ from, newest, at });
}

function toEvents(catalogue: Catalogue, elements: readonly Listed[]): readonly PostEvent[] {
  return elements
    .toSorted(byAge)
    .map(({ wire }) => catalogue.fromList(wire))
    .filter((event) => event !== undefined);
}

function byAge(a: Listed, b: Listed): number {
  if (a.id === b.id) return 0;
  return isLater(a.id, b.id) ? 1 : -1;
}

function toNewest(elements: readonly Listed[]): string | undefined {
  const ids = elements.map(({ id }) => id).filter((id) => id !== "");
  return ids.length === 0 ? undefined : ids.reduce((latest, id) => (isLater(id, latest) ? id : latest));
}
