import { deal, toExcess, toQuotas } from "./division.ts";

test("all hold alike; of what cannot be divided those get one more that hold the most, so that least moves", () => {
  const counts = new Map([
    ["a", 0],
    ["b", 8],
    ["c", 9],
  ]);
  expect(Object.fromEntries(toQuotas(17, counts))).toEqual({ a: 5, b: 6, c: 6 });
});

test("more connectors than shares: some have none", () => {
  const counts = new Map(["a", "b", "c"].map((id) => [id, 0]));
  expect(Object.fromEntries(toQuotas(2, counts))).toEqual({ a: 1, b: 1, c: 0 });
});

test("what is free is dealt in turn, to each no more than is due", () => {
  const counts = new Map([
    ["a", 2],
    ["b", 0],
    ["c", 0],
  ]);
  const dealt = deal([0, 1, 2, 3, 4], counts, toQuotas(7, counts));
  expect([...dealt]).toEqual([
    [0, "a"],
    [1, "b"],
    [2, "c"],
    [3, "b"],
    [4, "c"],
  ]);
});

test("what is too much is let go from all over, never the first", () => {
  expect(toExcess(["crm", 0, 1, 2, 3], 2)).toEqual([1, 3]);
  expect(toExcess([0, 1, 2, 3], 3)).toEqual([1, 2, 3]);
});
