import { manualClock } from "../../../test/fakes/manual-clock.ts";
import type { Page } from "../../flow/feed.ts";
import { toDeletedEvent } from "../../model/post.ts";
import type { PostEvent } from "../../model/post.ts";
import type { Listed } from "./ask-list.ts";
import { catchUp } from "./catch-up.ts";
import type { Catalogue } from "./catch-up.ts";

const clock = manualClock();
const never = new AbortController().signal;
const PAGE = 3;

/** A list as servers keep it: numbers for ids, the newest first, a few at a time. */
function toCatalogue(ids: readonly number[]): Catalogue {
  return {
    list: (after, _signal) => {
      const ascending = ids.toSorted((a, b) => a - b);
      const page =
        after === undefined ? ascending.slice(-1) : ascending.filter((id) => id > Number(after)).slice(0, PAGE);
      return Promise.resolve(page.toReversed().map(toListed));
    },
    fromList: (wire) => toDeletedEvent(String(wire), clock.now()),
  };
}

function toListed(id: number): Listed {
  return { id: String(id), wire: id, at: undefined };
}

async function read(ids: readonly number[], cursor: string | undefined): Promise<readonly Page<PostEvent>[]> {
  return Array.fromAsync(catchUp(toCatalogue(ids), cursor, clock, never));
}

function toIds(pages: readonly Page<PostEvent>[]): readonly string[] {
  return pages.flatMap((page) => page.items).map((event) => (event.type === "deleted" ? event.post : ""));
}

test("tells nothing at first, but remembers where the list ends", async () => {
  const first = await read([7, 8, 9], undefined);
  expect(toIds(first)).toEqual([]);
  expect(first).toMatchObject([{ heardUntil: clock.now() }]);
  expect(toIds(await read([7, 8, 9, 10, 11], first[0]?.cursor))).toEqual(["10", "11"]);
});

test("begins with the first of a list that was empty", async () => {
  const first = await read([], undefined);
  expect(toIds(await read([1, 2], first[0]?.cursor))).toEqual(["1", "2"]);
});

test("reads to the end, the oldest first, also where ids grow longer", async () => {
  const [start] = await read([8], undefined);
  const pages = await read([8, 9, 10, 98, 99, 100, 101, 1000], start?.cursor);
  expect(toIds(pages)).toEqual(["9", "10", "98", "99", "100", "101", "1000"]);
  expect(pages.map((page) => page.heardUntil !== undefined)).toEqual([false, false, false, true]);
});

test("hears an id that comes to light after a later one", async () => {
  const [start] = await read([5], undefined);
  const pages = await read([5, 8], start?.cursor);
  expect(toIds(await read([5, 7, 8], pages.at(-1)?.cursor))).toEqual(["7", "8"]);
});

test("repeats what came since the reading before, and then no more", async () => {
  const [start] = await read([1], undefined);
  const once = await read([1, 2], start?.cursor);
  const twice = await read([1, 2], once.at(-1)?.cursor);
  const thrice = await read([1, 2], twice.at(-1)?.cursor);
  expect([once, twice, thrice].map(toIds)).toEqual([["2"], ["2"], []]);
});

test("repeats at most one page of a long backlog, from whatever page it was cut off", async () => {
  const backlog = Array.from({ length: 12 }, (_, n) => n + 1);
  const [start] = await read([0], undefined);
  const pages = await read(backlog, start?.cursor);
  const goneOn = await Promise.all(pages.map((page) => read(backlog, page.cursor)));
  expect(goneOn.map((again) => toIds(again)[0])).toEqual(["1", "4", "7", "10", "10"]);
  expect(goneOn.every((again) => toIds(again).at(-1) === "12")).toBe(true);
});

test("passes over an element that is nothing", async () => {
  const [start] = await read([0], undefined);
  const odd: Catalogue = { ...toCatalogue([1, 2]), fromList: () => undefined };
  const pages = await Array.fromAsync(catchUp(odd, start?.cursor, clock, never));
  expect(toIds(pages)).toEqual([]);
  expect(toIds(await read([1, 2, 3, 4], pages.at(-1)?.cursor)).at(-1)).toBe("4");
});

describe("a list that was cleared or cut while nobody listened", () => {
  const HOUR_MS = 3_600_000;
  const startedAt = "2026-03-02T09:00:00.000Z";

  /** What the feed says is lost, when it comes back after `awayMs` to a list of these ids. */
  async function comeBack(ids: readonly number[], awayMs: number, start: readonly number[] = [5]) {
    const away = manualClock(startedAt);
    const open = (held: readonly number[]): Catalogue => ({
      ...toCatalogue(held),
      reachesBack: (before) => Promise.resolve(held.some((id) => before === undefined || id < Number(before))),
    });
    const [first] = await Array.fromAsync(catchUp(open(start), undefined, away, never));
    away.advance(awayMs);
    const pages = await Array.fromAsync(catchUp(open(ids), first?.cursor, away, never));
    return pages.flatMap(({ lost }) => lost ?? []);
  }

  test("is told once, with the stretch that may be missing", async () => {
    const lost = await comeBack([8, 9, 10, 11, 12], 5 * HOUR_MS);
    expect(lost).toMatchObject([{ from: startedAt, to: "2026-03-02T14:00:00.000Z" }]);
    expect(lost[0]?.detail).not.toBe("");
  });

  test("is told where nothing is left at all", async () => {
    expect(await comeBack([], 5 * HOUR_MS)).toHaveLength(1);
  });

  test.each([
    { title: "it still holds what we know", ids: [5, 8], awayMs: 5 * HOUR_MS, start: [5] },
    { title: "it still holds older ones", ids: [3, 8], awayMs: 5 * HOUR_MS, start: [5] },
    { title: "nobody was away", ids: [8], awayMs: 60_000, start: [5] },
    { title: "it never held anything", ids: [8], awayMs: 5 * HOUR_MS, start: [] },
  ])("is not where $title", async ({ ids, awayMs, start }) => {
    expect(await comeBack(ids, awayMs, start)).toEqual([]);
  });
});
