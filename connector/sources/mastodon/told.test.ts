import { openTold } from "./told.ts";

test("knows what it told since it listens, and doubts what is older", () => {
  const told = openTold();
  expect(told.mayHave("m:s/1")).toBe(true);
  told.heard("m:s/8");
  told.heard("m:s/9");
  told.add("m:s/9");
  expect(["m:s/7", "m:s/9", "m:s/10"].map((post) => told.mayHave(post))).toEqual([true, true, false]);
});

test("doubts again what it had to forget", () => {
  const told = openTold(2);
  told.heard("m:s/10");
  for (const post of ["m:s/10", "m:s/12", "m:s/14", "m:s/16"]) told.add(post);
  expect(["m:s/11", "m:s/12", "m:s/13", "m:s/14", "m:s/15", "m:s/16"].map((post) => told.mayHave(post))).toEqual([
    true,
    true,
    false,
    true,
    false,
    true,
  ]);
});
