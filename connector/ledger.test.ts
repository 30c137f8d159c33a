import { manualClock } from "../test/fakes/manual-clock.ts";
import { openScratchJournal, type ScratchJournal } from "../test/fakes/scratch-journal.ts";
import { isOfAnotherRow, openLedger, readLedger } from "./ledger.ts";

const FIRST = "2026-03-02T09:00:00.000Z";
const LATER = "2026-03-02T09:05:00.000Z";
let scratch: ScratchJournal;

beforeEach(async () => {
  scratch = await openScratchJournal(manualClock());
});
afterEach(() => scratch[Symbol.asyncDispose]());

test("an attempt is fresh once: whoever opens it later learns when it began", async () => {
  expect(await openLedger(scratch.journal, "row/1", { now: FIRST })).toMatchObject({
    fresh: true,
    page: { since: FIRST },
  });
  const again = await openLedger(await scratch.reopen(), "row/1", { now: LATER });
  expect(again).toMatchObject({ fresh: false, page: { since: FIRST, triedAt: FIRST } });
});

test("another try is remembered beside the first one", async () => {
  const first = await openLedger(scratch.journal, "row/1", { now: FIRST });
  await first.trying(LATER);
  expect(await readLedger(await scratch.reopen(), "row/1")).toEqual({ since: FIRST, triedAt: LATER });
});

test("the verdict is kept without the words", async () => {
  const entry = await openLedger(scratch.journal, "row/1", { now: FIRST });
  await entry.close({ status: "Sent", post: "test:social.example/1", publicText: "We found it.", at: LATER });
  const page = await readLedger(await scratch.reopen(), "row/1");
  expect(page?.verdict).toEqual({ status: "Sent", post: "test:social.example/1", at: LATER });
});

test("of two senders at one page the second write is refused", async () => {
  const [one, other] = [
    await openLedger(scratch.journal, "row/1", { now: FIRST }),
    await openLedger(scratch.journal, "row/1", { now: LATER }),
  ];
  await other.trying(LATER);
  await expect(one.trying(LATER)).rejects.toThrow("taken over");
  await expect(one.close({ status: "Failed", detail: "No." })).rejects.toThrow("taken over");
});

test("an attempt that nobody was about to publish has no page", async () => {
  expect(await readLedger(scratch.journal, "row/1")).toBeUndefined();
});

test("whose post it is is known, as soon as its attempt has ended", async () => {
  const { journal } = scratch;
  const post = "test:social.example/1";
  const entry = await openLedger(journal, "row/1", { now: FIRST });
  expect(await isOfAnotherRow(journal, post, "row2")).toBe(false);
  await entry.close({ status: "Sent", post, at: LATER });
  expect(await isOfAnotherRow(journal, post, "row2")).toBe(true);
  expect(await isOfAnotherRow(journal, post, "row")).toBe(false);
  expect(await isOfAnotherRow(journal, `${post}0`, "row2")).toBe(false);
});
