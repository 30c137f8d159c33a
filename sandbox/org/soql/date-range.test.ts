import { toRange } from "./date-range.ts";

const now = Date.parse("2026-11-22T10:00:00Z"); // a Sunday

test.each<[string, number | undefined, string, string]>([
  ["TODAY", undefined, "2026-11-22", "2026-11-23"],
  ["YESTERDAY", undefined, "2026-11-21", "2026-11-22"],
  ["TOMORROW", undefined, "2026-11-23", "2026-11-24"],
  ["THIS_WEEK", undefined, "2026-11-22", "2026-11-29"],
  ["LAST_WEEK", undefined, "2026-11-15", "2026-11-22"],
  ["THIS_MONTH", undefined, "2026-11-01", "2026-12-01"],
  ["NEXT_QUARTER", undefined, "2027-01-01", "2027-04-01"],
  ["LAST_YEAR", undefined, "2025-01-01", "2026-01-01"],
  ["LAST_N_DAYS", 7, "2026-11-15", "2026-11-23"],
  ["NEXT_N_DAYS", 2, "2026-11-23", "2026-11-25"],
  ["N_DAYS_AGO", 3, "2026-11-19", "2026-11-20"],
  ["LAST_N_MONTHS", 2, "2026-09-01", "2026-11-01"],
])("%s:%s is from %s to before %s", (name, n, from, to) => {
  expect(toRange(name, n, now)).toEqual({ from: Date.parse(from), to: Date.parse(to) });
});

test("an unknown word is no date", () => {
  expect(() => toRange("SOMEDAY", undefined, now)).toThrow("unexpected token: 'SOMEDAY'");
});
