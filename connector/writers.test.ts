import { manualClock, type ManualClock } from "../test/fakes/manual-clock.ts";
import { toTestPost } from "../test/fakes/posts.ts";
import { openScratchJournal, type ScratchJournal } from "../test/fakes/scratch-journal.ts";
import { findDoubt, markDoubt } from "./doubts.ts";
import { forgetSince, toSince } from "./reporter/disconnections.ts";
import { forgetOld } from "./retention.ts";
import { findMark, markEmptied, markGone } from "./tombstones.ts";

const DAY_MS = 86_400_000;
let clock: ManualClock;
let scratch: ScratchJournal;
beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
});
afterEach(() => scratch[Symbol.asyncDispose]());

/** Several connectors do the same at the same time. */
const byAll = <T>(act: (who: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: 8 }, (_, who) => act(who)));

test("of a post that several heard to be deleted one mark stands, the first, and says when it was emptied", async () => {
  const { journal } = scratch;
  await byAll((who) => markGone(journal, "p/1", { at: `2026-03-02T09:00:0${who}.000Z`, heardAt: clock.now() }));
  await byAll(() => markEmptied(journal, "p/1", clock.now()));
  await markGone(journal, "p/1", { at: "2026-03-03", heardAt: "2026-03-03" });
  expect(await findMark(journal, "p/1")).toMatchObject({ at: "2026-03-02T09:00:00.000Z", emptiedAt: clock.now() });
});

test("of a doubt that several have the oldest version stands", async () => {
  const post = toTestPost("4", "anna");
  await byAll((who) => markDoubt(scratch.journal, { key: post.key, version: 5 - (who % 4) }, clock.now()));
  expect(await findDoubt(scratch.journal, post.key)).toBe(2);
});

test("since when an account is disconnected is the same for all, until it is over", async () => {
  const { journal } = scratch;
  const told = await byAll((who) => toSince(journal, "test:us", `2026-03-02T09:00:0${who}.000Z`));
  expect(new Set(told).size).toBe(1);
  await byAll(() => forgetSince(journal, "test:us"));
  expect(await toSince(journal, "test:us", "2026-03-03")).toBe("2026-03-03");
});

test("several may forget what is old at the same time", async () => {
  const { journal } = scratch;
  await journal.append("posts", [{ key: "p/1#0", partition: 0, value: "x" }]);
  await journal.put("position/posts/0", JSON.stringify({ seq: 1, epoch: 1 }), 0);
  for (const post of ["p/1", "p/2"]) await markGone(journal, post, clock.now());
  await markDoubt(journal, toTestPost("4", "anna"), clock.now());
  clock.advance(91 * DAY_MS);
  const stop = new AbortController();
  const forgetting = byAll(() => forgetOld({ journal, clock, days: 30 }, stop.signal));
  await clock.untilSleeping();
  stop.abort();
  await forgetting;
  expect(await journal.find("posts", "p/1#0")).toBeUndefined();
  for (const prefix of ["gone/", "doubt/"]) expect(await Array.fromAsync(journal.list(prefix))).toEqual([]);
});
