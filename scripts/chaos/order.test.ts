import type { Stood } from "./journal-view.ts";
import { findDisorder } from "./order.ts";

let seq = 0;

function heard(key: string, partition = 3): Stood {
  return { log: "posts", key, partition, seq: (seq += 1) };
}

function decided(key: string, outcome = "recorded"): Stood {
  return { log: "decisions", key: `${key}/${outcome}`, partition: 3, seq: (seq += 1) };
}

const authorOf = (post: string): string | undefined => (post === "" ? undefined : post[0]);

const find = (...entries: readonly Stood[]) => findDisorder(entries, authorOf);

test("what is decided as it was heard is in order, however many speak at once", () => {
  expect(find(heard("a1#0"), heard("b1#0"), heard("a2#0"), decided("b1#0"), decided("a1#0"), decided("a2#0"))).toEqual(
    [],
  );
});

test("a later post of the same author that goes ahead is out of order", () => {
  const found = find(heard("a1#0"), heard("a2#0"), decided("a2#0"), decided("a1#0"));
  expect(found).toEqual([{ author: "a", key: "a2#0", after: "a1#0" }]);
});

test("an edit that goes ahead of its post is out of order", () => {
  expect(find(heard("a1#0"), heard("a1#17"), decided("a1#17"), decided("a1#0"))).toHaveLength(1);
});

test("tracks have an order each", () => {
  expect(find(heard("a1#0", 19), heard("a2#0", 3), decided("a2#0"), decided("a1#0"))).toEqual([]);
});

test("of a post that is decided twice the first time counts", () => {
  expect(find(heard("a1#0"), heard("a2#0"), decided("a1#0"), decided("a2#0"), decided("a1#0", "ignored"))).toEqual([]);
});

test("what was parked, or deleted before its turn, has no order", () => {
  const parked = [heard("a1#0"), heard("a2#0"), decided("a1#0", "rejected"), decided("a2#0"), decided("a1#0")];
  expect(find(...parked)).toEqual([]);
  expect(find(heard("a1#0"), heard("a2#0"), decided("a2#0"))).toEqual([]);
});
