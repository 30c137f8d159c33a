import { fromLines, toLines } from "./lines.ts";

test("a text is as long as Salesforce counts it", () => {
  expect(toLines("\n one\ntwo\r\nthree\rfour \u{1F4A5}\t\n", 100)).toBe("one\r\ntwo\r\nthree\r\nfour \u{1F4A5}");
  expect(toLines(toLines("one\n\ntwo", 100), 100)).toBe("one\r\n\r\ntwo");
});

test("many short lines fit, and no line's end is cut in two", () => {
  const longest = toLines("a\n".repeat(20_000), 32_000);
  expect(longest.length).toBeLessThanOrEqual(32_000);
  expect(longest).toMatch(/a…$/);
});

test("others get their lines back as they write them", () => {
  expect(fromLines("one\r\n\r\ntwo\nthree")).toBe("one\n\ntwo\nthree");
});
