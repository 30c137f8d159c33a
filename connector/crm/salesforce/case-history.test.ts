import { toCaseHistoryPlaces } from "./case-history.ts";
import { ERASED } from "./erased.ts";

const WORDS = ["My password is hunter2"];
const row = (CaseId: string, OldValue: string | null, NewValue: string | null) => ({ CaseId, OldValue, NewValue });
const told = (rows: Parameters<typeof toCaseHistoryPlaces>[0], words: readonly string[] = []) =>
  toCaseHistoryPlaces(rows, words).map(({ where, holds }) => [where.split(" ").at(-1), holds]);

test("what an org's history keeps of a deleted post's words is told, also when nobody knows them any more", () => {
  expect(told([row("500A", "Anna: My password is hunter2", ERASED)])).toEqual([["500A", "words"]]);
  expect(told([row("500A", "Anna: My password is hunter2", null)])).toEqual([["500A", "words"]]);
  expect(told([row("500A", null, "Anna: my password is hunter2!")], WORDS)).toEqual([["500A", "words"]]);
});

test("what it keeps of other words is nobody's business", () => {
  expect(told([row("500A", "Seat 12C", "Seat 12D"), row("500B", null, "Seat 12C")], WORDS)).toEqual([]);
});

test("a Case is told once", () => {
  expect(told([row("500A", "one", ERASED), row("500A", "two", ERASED)])).toHaveLength(1);
});
