import { toTestPost } from "../../../test/fakes/posts.ts";
import { pickOurs } from "./look-up.ts";

const first = "2026-03-02T09:00:00.500Z";
const tries = { first, last: first };

function toPost(key: string, postedAt: string) {
  return toTestPost(key, "nordwind", { key, postedAt: `2026-03-02T${postedAt}Z` });
}

test("the oldest since the first try is ours", async () => {
  const [later, ours] = [toPost("later", "09:00:30.000"), toPost("ours", "09:00:00.900")];
  expect(await pickOurs([later, ours], tries)).toBe(ours);
});

test("what is another reply's is not ours, whenever it was said", async () => {
  const [others, ours] = [toPost("others", "09:00:01.000"), toPost("ours", "09:00:02.000")];
  const isOthers = (key: string) => Promise.resolve(key === "others");
  expect(await pickOurs([others, ours], { ...tries, isOthers })).toBe(ours);
  expect(await pickOurs([others], { ...tries, isOthers })).toBe("absent");
});

test("what was said some minutes before may be ours by another clock: nobody guesses", async () => {
  expect(await pickOurs([toPost("before", "08:54:00.000")], tries)).toBe("unknown");
  expect(await pickOurs([toPost("long before", "08:49:00.000")], tries)).toBe("absent");
});

test("a time in whole seconds is no earlier time", async () => {
  const ours = toPost("ours", "09:00:00.000");
  expect(await pickOurs([ours], tries)).toBe(ours);
});
