import { toFitting } from "./fitting.ts";

test("what fits stays as it is", () => {
  expect(toFitting("Bags", 4)).toBe("Bags");
});

test("what is longer ends in an ellipsis and is not too long", () => {
  expect(toFitting("Luggage", 4)).toBe("Lug…");
});

test("no character is cut in two", () => {
  expect(toFitting("ab🧳cd", 4)).toBe("ab…");
  expect(toFitting("ab🧳cd", 5)).toBe("ab🧳…");
});

test("a sign for an unknown character is not taken for half of one", () => {
  expect(toFitting("ab\uFFFDcd", 4)).toBe("ab\uFFFD…");
});
