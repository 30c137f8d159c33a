import { manualClock, type ManualClock } from "../test/fakes/manual-clock.ts";
import { toTestPost } from "../test/fakes/posts.ts";
import { openScratchJournal, type ScratchJournal } from "../test/fakes/scratch-journal.ts";
import { findDoubt, markDoubt } from "./doubts.ts";
import { openLedger } from "./ledger.ts";
import { forgetOld } from "./retention.ts";
import { isGone, markGone } from "./tombstones.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 30 days and 60 more. */
const DAYS = 30;
const KEYS_DAYS = 90;

let clock: ManualClock;
let scratch: ScratchJournal;
beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
});
afterEach(() => scratch[Symbol.asyncDispose]());

/** One round of forgetting, so many days from now. */
async function forgetAfter(days: number): Promise<void> {
  clock.advance(days * DAY_MS);
  const stop = new AbortController();
  const running = forgetOld({ journal: scratch.journal, clock, days: DAYS }, stop.signal);
  expect(await clock.untilSleeping()).toBe(HOUR_MS);
  stop.abort();
  await running;
}

async function list(prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of scratch.journal.list(prefix)) keys.push(key);
  return keys;
}

test("the mark of a deleted post stays as long as its key is remembered", async () => {
  await scratch.journal.append("posts", [{ key: "p/1#0", partition: 0, value: "x" }]);
  await scratch.journal.put("position/posts/0", JSON.stringify({ seq: 1, epoch: 1 }), 0);
  await markGone(scratch.journal, "p/1", clock.now());
  await forgetAfter(DAYS + 1);
  expect(await scratch.journal.find("posts", "p/1#0")).toBeUndefined();
  expect(await isGone(scratch.journal, "p/1")).toBeDefined();
  await forgetAfter(KEYS_DAYS - DAYS);
  expect(await list("gone/")).toEqual([]);
});

test("the mark of a post that was never heard stays for a day", async () => {
  await markGone(scratch.journal, "p/2", clock.now());
  await forgetAfter(0.9);
  expect(await isGone(scratch.journal, "p/2")).toBeDefined();
  await forgetAfter(0.2);
  expect(await list("gone/")).toEqual([]);
});

test("a call that may come late is in doubt for a day", async () => {
  await markDoubt(scratch.journal, toTestPost("4", "anna"), clock.now());
  const { key } = toTestPost("4", "anna");
  await forgetAfter(0.9);
  expect(await findDoubt(scratch.journal, key)).toBe(0);
  await forgetAfter(0.2);
  expect(await list("doubt/")).toEqual([]);
});

test("the mark stays as long, however long ago the network says that the post was deleted", async () => {
  await scratch.journal.append("posts", [{ key: "p/1#0", partition: 0, value: "x" }]);
  const mark = { at: "2025-01-01T00:00:00.000Z", heardAt: clock.now() };
  for (const post of ["p/1", "p/2"]) await markGone(scratch.journal, post, mark);
  await forgetAfter(0.9);
  expect([await isGone(scratch.journal, "p/1"), await isGone(scratch.journal, "p/2")]).toEqual([
    "2025-01-01T00:00:00.000Z",
    "2025-01-01T00:00:00.000Z",
  ]);
});

test("the mark of a post that may yet come stays as long as those of posts that were heard", async () => {
  await markGone(scratch.journal, "p/3", { at: clock.now(), heardAt: clock.now(), ours: true });
  await forgetAfter(KEYS_DAYS - 1);
  expect(await isGone(scratch.journal, "p/3")).toBeDefined();
  await forgetAfter(2);
  expect(await list("gone/")).toEqual([]);
});

test("an attempt is forgotten when it is old and the log no longer holds its reply", async () => {
  for (const [partition, key] of ["r1/1", "r2/1"].entries()) {
    await scratch.journal.append("replies", [{ key, partition, value: "x" }]);
    await openLedger(scratch.journal, key, { now: clock.now() });
  }
  // The first was passed; the second is still to be carried.
  await scratch.journal.put("position/replies/0", JSON.stringify({ seq: 1, epoch: 1 }), 0);
  await forgetAfter(KEYS_DAYS - 1);
  expect(await list("reply/")).toEqual(["reply/r1/1", "reply/r2/1"]);
  await forgetAfter(2);
  expect(await list("reply/")).toEqual(["reply/r2/1"]);
});
