import type { Journal, NewEntry } from "../../../connector/journal/journal.ts";
import { toQuantile } from "../figures.ts";
import { toKey, toSeq, toTime, TRACKS, VALUE } from "./rows.ts";

/** Microseconds, of an append, a page and a trim for each entry in it: medians. */
export interface Times {
  readonly append: number;
  readonly tail: number;
  readonly find: number;
  readonly knows: number;
  readonly get: number;
  readonly put: number;
  readonly trim: number;
}

const BATCH = 200;
const TIMES = 40;
const LOOKS = 400;
const TRIMMED = 2000;
/** Fewer have no full page on each track, or none left to trim. */
export const LEAST_ENTRIES = 10_000;
const never = new AbortController().signal;

/** Every operation that a running connector repeats, on a journal that holds so many entries. */
export async function timeOperations(journal: Journal, entries: number): Promise<Times> {
  const places = (times: number): readonly number[] =>
    // The oldest are trimmed by and by.
    Array.from({ length: times }, (_, n) => Math.floor(((n + 0.5) * entries) / times));
  return {
    find: await time(places(LOOKS), (n) => journal.find("posts", toKey(n))),
    knows: await time(places(LOOKS), (n) => journal.knows("posts", toKey(n))),
    tail: (await time(places(TIMES), (n) => readPage(journal, n))) / BATCH,
    append: (await time(places(TIMES), (n) => journal.append("posts", toBatch(entries, n)))) / BATCH,
    ...(await timePositions(journal, entries)),
    trim: await timeTrim(journal),
  };
}

/** The first ones are left out: nothing is compiled yet. */
async function time(places: readonly number[], act: (place: number) => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (const place of places) {
    const startedMs = performance.now();
    await act(place);
    took.push((performance.now() - startedMs) * 1000);
  }
  return toQuantile(took.slice(Math.floor(took.length / 10)), 0.5);
}

async function readPage(journal: Journal, place: number): Promise<void> {
  // From its last page on a track has fewer.
  const seq = Math.max(0, toSeq(place) - 2 * BATCH * TRACKS);
  for await (const page of journal.tail("posts", place % TRACKS, seq, BATCH, never)) {
    if (page.length < BATCH) throw new Error(`A page of ${page.length} entries where there are more`);
    return;
  }
}

function toBatch(entries: number, place: number): readonly NewEntry[] {
  return Array.from({ length: BATCH }, (_, n) => ({
    key: toKey(entries + place * BATCH + n),
    partition: n % TRACKS,
    value: VALUE,
  }));
}

async function timePositions(journal: Journal, entries: number): Promise<Pick<Times, "get" | "put">> {
  const value = JSON.stringify({ seq: entries, epoch: 1 });
  const revisions = new Map<string, number>();
  const toPlace = (n: number): string => `position/posts/${n % TRACKS}`;
  const numbers = Array.from({ length: LOOKS }, (_, n) => n);
  const put = await time(numbers, async (n) => {
    const revision = await journal.put(toPlace(n), value, revisions.get(toPlace(n)) ?? 0);
    if (revision === undefined) throw new Error("Somebody else wrote a position");
    revisions.set(toPlace(n), revision);
  });
  return { put, get: await time(numbers, (n) => journal.get(toPlace(n))) };
}

/** The oldest are passed by all positions. */
async function timeTrim(journal: Journal): Promise<number> {
  const turns = [1, 2, 3];
  const trimmed = await time(turns, (turn) => {
    const horizons = { values: toTime(turn * TRIMMED), keys: toTime(0) };
    return journal.trim("posts", horizons);
  });
  if ((await journal.find("posts", toKey(TRIMMED))) !== undefined) throw new Error("Nothing was trimmed");
  return trimmed / TRIMMED;
}
