import { manualClock } from "../test/fakes/manual-clock.ts";
import type { ManualClock } from "../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../test/fakes/scratch-journal.ts";
import type { ScratchJournal } from "../test/fakes/scratch-journal.ts";
import { noteFilled, openCoverage } from "./coverage.ts";
import type { CoverageBook } from "./coverage.ts";
import type { Deliveries } from "./coverage/deliveries.ts";
import type { Journal } from "./journal/journal.ts";
import type { Account } from "./model/account.ts";
import { isOpen } from "./model/coverage.ts";

const MINUTE_MS = 60_000;
const FEED = "deliveries";
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
beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
});
afterEach(() => scratch[Symbol.asyncDispose]());

interface Connector {
  readonly book: CoverageBook;
  readonly deliveries: Deliveries;
  readonly told: readonly string[];
}

async function open(): Promise<Connector> {
  const journal = { ...scratch.journal, isShared: true } as Journal;
  const told: string[] = [];
  const onOpened = (): unknown => told.push("opened");
  const book = await openCoverage({ journal, clock, onOpened, onClosed: () => told.push("closed") });
  return { book, deliveries: await book.openDeliveries(shop, FEED), told };
}

const gapsOf = ({ book }: Connector) => book.of(shop.key).flatMap(({ gaps }) => gaps);

test("deliveries to any connector are noted, and whoever watches knows when the last one came", async () => {
  const [one, two, owner] = [await open(), await open(), await open()];
  for (let minute = 0; minute < 10; minute++) {
    clock.advance(MINUTE_MS + 1);
    await Promise.all([one.deliveries.delivered(1), two.deliveries.delivered(1)]);
  }
  await owner.deliveries.refresh();
  expect(owner.deliveries.lastAt).toBe(clock.now());
});

test("a silence that one opened ends with a delivery to another", async () => {
  const [taker, owner] = [await open(), await open()];
  await taker.deliveries.delivered(1);
  clock.advance(30 * MINUTE_MS);
  await owner.deliveries.silent("Nothing came.");
  expect(gapsOf(owner).filter(isOpen)).toHaveLength(1);
  await taker.deliveries.delivered(1);
  await owner.deliveries.refresh();
  expect(gapsOf(owner)).toMatchObject([{ cause: "webhook silent", to: clock.now() }]);
});

test("what a sender says is complete fills a gap that this connector had not heard of", async () => {
  const [taker, owner] = [await open(), await open()];
  await taker.deliveries.delivered(1);
  const from = clock.now();
  clock.advance(30 * MINUTE_MS);
  await owner.deliveries.silent("Nothing came.");
  await taker.deliveries.delivered(4, [{ from, to: clock.now() }]);
  expect(gapsOf(taker).filter(isOpen)).toEqual([]);
  await owner.book.refresh();
  // Each tells what it did: nothing is counted twice.
  expect([owner.told, taker.told]).toEqual([["opened"], ["closed"]]);
  expect(gapsOf(owner)).toMatchObject([{ closedAt: clock.now(), brought: 4 }]);
});

test("an import fills a gap whichever connector notes it first", async () => {
  const [one, two] = [await open(), await open()];
  await one.deliveries.delivered(1);
  const from = clock.now();
  clock.advance(30 * MINUTE_MS);
  await two.deliveries.silent("Nothing came.");
  await one.deliveries.delivered(1);
  await noteFilled(scratch.journal, { account: shop.key, feed: FEED, from, to: clock.now() });
  await Promise.all([one.deliveries.delivered(0), two.deliveries.delivered(0)]);
  await one.deliveries.refresh();
  expect(gapsOf(one).filter(isOpen)).toEqual([]);
  expect(await Array.fromAsync(scratch.journal.list("filled/"))).toEqual([]);
});

test("a connector that joins opens no gap while others listen; who finds that nobody did opens one", async () => {
  const one = await open();
  await one.deliveries.delivered(1, [{ from: undefined, to: clock.now() }]);
  clock.advance(30 * MINUTE_MS);
  const joins = await open();
  expect(gapsOf(joins)).toEqual([]);
  await joins.deliveries.stoodStill();
  expect(gapsOf(joins)).toMatchObject([{ cause: "connector stopped" }]);
});

test("each shows what all have heard, under the names of our accounts", async () => {
  const [hears, shows] = [await open(), await open()];
  const other: Account = { ...shop, key: "mastodon:a.example/1", handle: "us@a.example" };
  const mark = { cursor: "x", since: clock.now(), heardUntil: clock.now(), gaps: [] };
  await scratch.journal.put(`cursor/${other.key}/own`, JSON.stringify(mark), 0);
  hears.book.note(other, "own", mark);
  shows.book.meet(other);
  await shows.book.refresh();
  expect(shows.book.all()).toMatchObject([{ handle: "us@a.example", feeds: [{ feed: "own" }] }, { handle: "shop" }]);
});
