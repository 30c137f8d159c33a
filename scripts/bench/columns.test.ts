import { toColumns } from "./columns.ts";

test("figures stand under each other, and what is long does not run into its neighbour", () => {
  const table = toColumns([
    ["posts", "SQLite", "by hand", "aim"],
    ["  a second", 1270.5, undefined, "3000"],
    ["  of a very long name", 1, 104_699_000_000, undefined],
  ]);
  expect(table.split("\n")).toEqual([
    "posts                    SQLite       by hand       aim",
    "  a second               1270.5                    3000",
    "  of a very long name         1  104699000000",
  ]);
});
