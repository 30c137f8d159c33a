import { manualClock } from "../test/fakes/manual-clock.ts";
import type { ManualClock } from "../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../test/fakes/scratch-journal.ts";
import type { ScratchJournal } from "../test/fakes/scratch-journal.ts";
import { noteFilled, openCoverage, readCoverage } from "./coverage.ts";
import type { CoverageBook, GapNews } from "./coverage.ts";
import type { Account } from "./model/account.ts";
import { isOpen } from "./model/coverage.ts";
import type { Gap } from "./model/coverage.ts";

const MINUTE_MS = 60_000;
const shop: Account = {
  key: "webhook:shop/account",
  network: "webhook",
  handle: "shop",
  mode: "listen-only",
  textLimit: 0,
  urlLength: 0,
};

let clock: ManualClock;
let scratch: ScratchJournal;
let opened: GapNews[];
let closed: GapNews[];
beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
  opened = [];
  closed = [];
});
afterEach(() => scratch[Symbol.asyncDispose]());

function openBook(): Promise<CoverageBook> {
  const onOpened = (news: GapNews): unknown => opened.push(news);
  const onClosed = (news: GapNews): unknown => closed.push(news);
  return openCoverage({ journal: scratch.journal, clock, onOpened, onClosed });
}

async function readGaps(): Promise<readonly Gap[]> {
  const [page] = await readCoverage(scratch.journal);
  return page?.feeds[0]?.gaps ?? [];
}

test("begins with what the journal holds of each account, and the CRM is none of them", async () => {
  const mark = { cursor: "x", since: clock.now(), heardUntil: clock.now(), gaps: [] };
  for (const name of ["mastodon:a.example/1/own", "mastodon:a.example/1/words", "crm/changes"])
    await scratch.journal.put(`cursor/${name}`, JSON.stringify(mark), 0);
  const book = await openBook();
  expect(book.all()).toMatchObject([
    { account: "mastodon:a.example/1", handle: undefined, feeds: [{ feed: "own" }, { feed: "words" }] },
  ]);
  book.note({ ...shop, key: "mastodon:a.example/1", handle: "us@a.example" }, "own", { ...mark, heardUntil: "2027" });
  expect(book.all()[0]).toMatchObject({ handle: "us@a.example" });
  expect(book.of("mastodon:a.example/1").map(({ heardUntil }) => heardUntil)).toEqual(["2027", mark.heardUntil]);
});

test("tells once that a gap has opened, and once that it has closed, however it grows between", async () => {
  const book = await openBook();
  const gap: Gap = { from: "1", cause: "unreachable", detail: "", openedAt: "2", brought: 0 };
  const mark = { cursor: "", since: "0", heardUntil: "1", gaps: [] };
  book.note(shop, "f", { ...mark, gaps: [gap] });
  book.note(shop, "f", { ...mark, gaps: [{ ...gap, to: "3", brought: 2 }] });
  book.note(shop, "f", { ...mark, gaps: [{ ...gap, to: "4", brought: 5, closedAt: "5" }] });
  book.note(shop, "f", { ...mark, gaps: [{ ...gap, to: "4", brought: 5, closedAt: "5" }] });
  expect(opened).toHaveLength(1);
  expect(closed).toMatchObject([{ account: shop, feed: "f", gap: { to: "4", brought: 5 } }]);
});

describe("what is not asked but comes by itself", () => {
  test("a silence is a gap from the last delivery on, which another delivery ends but does not fill", async () => {
    const deliveries = await (await openBook()).openDeliveries(shop, "deliveries");
    clock.advance(5 * MINUTE_MS);
    await deliveries.delivered(1);
    const last = clock.now();
    clock.advance(30 * MINUTE_MS);
    await deliveries.silent("Nothing came for 30 minutes");
    await deliveries.silent("Nothing came for 40 minutes");
    expect(await readGaps()).toMatchObject([{ cause: "webhook silent", from: last }]);
    clock.advance(MINUTE_MS);
    await deliveries.delivered(3);
    expect(await readGaps()).toMatchObject([{ from: last, to: clock.now(), brought: 3 }]);
    expect((await readGaps()).filter(isOpen)).toHaveLength(1);
    expect(opened).toHaveLength(1);
  });

  test("it is filled when the sender says that it has told all since", async () => {
    const deliveries = await (await openBook()).openDeliveries(shop, "deliveries");
    await deliveries.delivered(1, [{ from: undefined, to: clock.now() }]);
    const last = clock.now();
    clock.advance(30 * MINUTE_MS);
    await deliveries.silent("Nothing came");
    await deliveries.delivered(2, [{ from: undefined, to: clock.now() }]);
    expect(await readGaps()).toMatchObject([{ from: last, to: clock.now(), closedAt: clock.now(), brought: 2 }]);
    expect(closed).toHaveLength(1);
  });

  test("it is not filled by a sender that vouches for a part of it only", async () => {
    const deliveries = await (await openBook()).openDeliveries(shop, "deliveries");
    await deliveries.delivered(1);
    const from = clock.now();
    clock.advance(30 * MINUTE_MS);
    const middle = clock.now();
    await deliveries.silent("Nothing came");
    clock.advance(90 * MINUTE_MS);
    await deliveries.delivered(1, [{ from: undefined, to: from }]);
    expect((await readGaps()).filter(isOpen)).toMatchObject([{ from, to: clock.now() }]);
    await deliveries.delivered(1, [{ from: undefined, to: middle }]);
    expect((await readGaps()).filter(isOpen)).toMatchObject([{ from: middle, to: clock.now() }]);
    await deliveries.delivered(1, [{ from: undefined, to: clock.now() }]);
    expect((await readGaps()).filter(isOpen)).toEqual([]);
  });

  test("a later silence is a gap of its own", async () => {
    const deliveries = await (await openBook()).openDeliveries(shop, "deliveries");
    const first = clock.now();
    clock.advance(30 * MINUTE_MS);
    await deliveries.silent("Nothing came");
    await deliveries.delivered(1);
    const firstEnd = clock.now();
    clock.advance(5 * MINUTE_MS);
    await deliveries.delivered(1);
    const second = clock.now();
    clock.advance(30 * MINUTE_MS);
    await deliveries.silent("Nothing came");
    await deliveries.silent("Nothing came for longer");
    expect(await readGaps()).toMatchObject([{ from: first, to: firstEnd }, { from: second }]);
    expect((await readGaps())[1]).not.toHaveProperty("to");
    await noteFilled(scratch.journal, { account: shop.key, feed: "deliveries", from: second, to: clock.now() });
    await deliveries.delivered(1);
    expect((await readGaps()).filter(isOpen)).toMatchObject([{ from: first, to: firstEnd }]);
  });

  test("of a stretch that begins later only what lies in it is filled", async () => {
    const deliveries = await (await openBook()).openDeliveries(shop, "deliveries");
    const begin = clock.now();
    clock.advance(10 * MINUTE_MS);
    const middle = clock.now();
    await deliveries.silent("Nothing came");
    clock.advance(10 * MINUTE_MS);
    await deliveries.delivered(1, [{ from: middle, to: clock.now() }]);
    expect((await readGaps()).filter(isOpen)).toMatchObject([{ from: begin, to: clock.now() }]);
    await deliveries.delivered(0, [{ from: begin, to: clock.now() }]);
    expect((await readGaps()).filter(isOpen)).toEqual([]);
  });

  test("an import fills it, also one in another process", async () => {
    const deliveries = await (await openBook()).openDeliveries(shop, "deliveries");
    const from = clock.now();
    clock.advance(30 * MINUTE_MS);
    await deliveries.silent("Nothing came");
    await deliveries.delivered(1);
    await noteFilled(scratch.journal, { account: shop.key, feed: "deliveries", from, to: clock.now() });
    await deliveries.delivered(1);
    expect((await readGaps()).filter(isOpen)).toEqual([]);
  });

  test("knows after a restart when something last came, and that it stood still if the sender vouches for it", async () => {
    const deliveries = await (await openBook()).openDeliveries(shop, "deliveries");
    await deliveries.delivered(1);
    const last = clock.now();
    clock.advance(10 * MINUTE_MS);
    await scratch.reopen();
    const again = await (await openBook()).openDeliveries(shop, "deliveries");
    expect(again.lastAt).toBe(last);
    expect(await readGaps()).toEqual([]);
    await again.delivered(0, [{ from: undefined, to: last }]);
    await scratch.reopen();
    await (await openBook()).openDeliveries(shop, "deliveries");
    expect(await readGaps()).toMatchObject([{ cause: "connector stopped", from: last }]);
  });

  test("deliveries at the same time are all counted", async () => {
    const deliveries = await (await openBook()).openDeliveries(shop, "deliveries");
    await deliveries.silent("Nothing came");
    await Promise.all(Array.from({ length: 20 }, () => deliveries.delivered(2)));
    expect(await readGaps()).toMatchObject([{ brought: 40 }]);
  });
});
