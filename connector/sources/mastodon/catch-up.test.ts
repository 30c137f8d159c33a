import { manualClock } from "../../../test/fakes/manual-clock.ts";
import type { Page } from "../../flow/feed.ts";
import { toDeletedEvent } from "../../model/post.ts";
import type { PostEvent } from "../../model/post.ts";
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
      return Promise.resolve(page.toReversed().map((id) => ({ id: String(id) })));
    },
    fromList: (element) => toDeletedEvent((element as { id: string }).id, clock.now()),
  };
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
