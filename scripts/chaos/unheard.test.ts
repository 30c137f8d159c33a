import type { Said } from "../../test/journeys/town/town.ts";
import type { Stood } from "./journal-view.ts";
import { findUnheard, findUntold } from "./unheard.ts";

const toSaid = (key: string, changed: Partial<Said> = {}): Said =>
  ({ key, isGone: false, isForUs: true, during: new Set(), words: ["old", "new"], ...changed }) as unknown as Said;

const toEntry = (key: string): Stood => ({ log: "posts", key, partition: 0, seq: 1 });

const network = new Map([["n/1", { text: "", author: "" }]]);

test("what a network offers and the journal never heard of is lost", () => {
  expect(findUnheard([toSaid("n/1")], network, [toEntry("n/1#0")])).toEqual([]);
  expect(findUnheard([toSaid("n/1")], network, [toEntry("n/11#0")])).toMatchObject([{ kind: "posts lost" }]);
  expect(findUnheard([toSaid("n/2")], network, [])).toEqual([]);
});

const findings = [{ kind: "text that should be gone", detail: "", during: [], post: "n/1" }] as const;
const find = (changed: Partial<Said>, keys: readonly string[], ...words: readonly string[]) => [
  ...findUntold([toSaid("n/1", changed)], { findings, entries: keys.map(toEntry), words: new Set(words) }),
];

test("a deletion that the journal has was told: its words may stand nowhere", () => {
  expect(find({ isGone: true }, ["n/1#0", "n/1#gone"])).toEqual([]);
});

test("a deletion that the journal has not was told to nobody", () => {
  expect(find({ isGone: true }, ["n/1#0"])).toEqual(["n/1"]);
});

test("an edit of what names us must be heard, of what names nobody if somebody listened", () => {
  expect(find({}, ["n/1#0"], "old")).toEqual([]);
  expect(find({ isForUs: false }, ["n/1#0"], "old", "new")).toEqual([]);
  expect(find({ isForUs: false }, ["n/1#0"], "old")).toEqual(["n/1"]);
});
