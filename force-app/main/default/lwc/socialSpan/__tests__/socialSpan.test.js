import { toSpan } from "c/socialSpan";

const MINUTE = 60_000;

test.each([
  [0, "0 sec"],
  [0.5, "30 sec"],
  [12.9, "12 min"],
  [119, "119 min"],
  [185, "3 hr 5 min"],
  [120, "2 hr"],
  [3 * 24 * 60 + 61, "3 days 1 hr"],
])("%d minutes are %s", (minutes, words) => {
  expect(toSpan(minutes * MINUTE)).toBe(words);
});
