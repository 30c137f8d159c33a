import { toCount, toDuration, toPrintable, toSize, toTable } from "./words.ts";

test.each([
  [0, "0 bytes"],
  [1023, "1023 bytes"],
  [1024, "1 KB"],
  [12.4 * 1024 ** 2, "12 MB"],
  [3 * 1024 ** 5, "3072 TB"],
])("%i bytes are %s", (bytes, said) => expect(toSize(bytes)).toBe(said));

test.each([
  [0, "0 entries"],
  [1, "1 entry"],
  [3000, "3,000 entries"],
])("%i counted is %s", (count, said) => expect(toCount(count, "entry", "entries")).toBe(said));

test.each([
  [0, "a moment"],
  [61_500, "61 seconds"],
  [119_000, "119 seconds"],
  [7_199_999, "119 minutes"],
  [3 * 86_400_000, "3 days"],
])("%i ms are %s", (ms, said) => expect(toDuration(ms)).toBe(said));

test("columns are as wide as they must be, and nothing moves the cursor", () => {
  expect(
    toTable(
      ["A", "Long head"],
      [
        ["much longer", "x\u001b[31m\u202e"],
        ["b", ""],
      ],
    ),
  ).toEqual(["A            Long head", "much longer  x [31m", "b"]);
  expect(toPrintable("a\nb")).toBe("a b");
});
