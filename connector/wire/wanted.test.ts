import { toTestPost } from "../../test/fakes/posts.ts";
import type { Page } from "../flow/feed.ts";
import { toDeletedEvent, toPostEvent, type PostEvent } from "../model/post.ts";
import { toWanted } from "./wanted.ts";

const known = toTestPost("known", "anna");
const edit = { ...known, version: 7 };
const other = toTestPost("other", "anna");
const wish = toTestPost("wish", "anna");
const events = [
  toPostEvent(wish),
  toPostEvent(other),
  toPostEvent(edit),
  toPostEvent({ ...other, version: 7 }),
  toDeletedEvent(other.key, other.postedAt),
];

test("what nobody wants is counted and goes no further; the page's cursor and the known post's edit do", async () => {
  async function* feed(): AsyncIterable<Page<PostEvent>> {
    yield await Promise.resolve({ items: events, cursor: "9", heardUntil: other.postedAt });
  }
  let unwanted = 0;
  const wanted = toWanted(feed, {
    journal: { knows: (log, key) => Promise.resolve(log === "posts" && key === known.key) },
    isWanted: ({ key }) => key === wish.key,
    onUnwanted: () => (unwanted += 1),
  });
  const pages = await Array.fromAsync(wanted(undefined, new AbortController().signal));
  expect(pages).toEqual([{ items: [events[0], events[2], events[4]], cursor: "9", heardUntil: other.postedAt }]);
  expect(unwanted).toBe(2);
});
