import type { Kind } from "../../test/journeys/town/oracle.ts";
import { toBroken, toFigures, type Tally } from "./verdict.ts";

const tally: Tally = {
  posts: 1000,
  replies: 200,
  findings: [],
  disorder: [],
  untold: 0,
  blows: { kill: 3, "database fails over": 1 },
};

const found = (...kinds: readonly Kind[]) => kinds.map((kind) => ({ kind, detail: "", during: [] }));

const broken = (changed: Partial<Tally>) => toBroken(toFigures({ ...tally, ...changed }));

test("where nothing is found nothing is broken", () => {
  expect(broken({})).toEqual([]);
  expect(toFigures(tally)).toMatchObject({ posts: 1000, replies: 200, kills: 3, failovers: 1, freezes: 0, lost: 0 });
});

test.each<[Kind, string]>([
  ["posts lost", "lost"],
  ["replies lost", "lost"],
  ["lagging", "lost"],
  ["Cases doubled", "casesDoubled"],
  ["replies doubled", "repliesDoubled"],
  ["falsely Sent", "falselySent"],
  ["text that should be gone", "deletedTextFound"],
  ["reps' fields changed", "wrongBesides"],
])("%s breaks the bound on %s", (kind, name) => {
  expect(broken({ findings: found(kind) })).toEqual([`${name} is 1, not 0`]);
});

test("one out of order breaks a bound", () => {
  expect(broken({ disorder: [{ author: "a", key: "a2#0", after: "a1#0" }] })).toEqual(["orderViolations is 1, not 0"]);
});

test("one reply of a hundred may be Checking, no more", () => {
  expect(broken({ findings: found("Checking", "Checking") })).toEqual([]);
  expect(broken({ findings: found("Checking", "Checking", "Checking") })).toEqual(["checking is 3, more than 2"]);
});

test("what is parked is counted and breaks nothing by itself", () => {
  expect(broken({ findings: found("parked") })).toEqual([]);
  expect(toFigures({ ...tally, findings: found("parked") }).parked).toBe(1);
});
