import { jest } from "@jest/globals";
import { manualClock, type ManualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal, type ScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import type { WebhookConfig } from "../config.ts";
import { openCoverage, type CoverageBook } from "../coverage.ts";
import { openBoard, type Board } from "../http/board.ts";
import { toUs } from "../sources/webhook/index.ts";
import { DELIVERIES, type Hook } from "./hook.ts";
import type { Parts } from "./parts.ts";
import { watchSilence } from "./silence.ts";

const MINUTE_MS = 60_000;
const QUIET: WebhookConfig = { network: "webhook", name: "shop", label: "Shop", secretEnv: "X", secret: "x" };
const settings: WebhookConfig = { ...QUIET, silentMinutes: 30 };
const { account } = toUs(settings);

let clock: ManualClock;
let board: Board;
let scratch: ScratchJournal;
let coverage: CoverageBook;
let stop: AbortController;

beforeEach(async () => {
  clock = manualClock();
  board = openBoard(clock);
  scratch = await openScratchJournal(clock);
  coverage = await openCoverage({ journal: scratch.journal, clock });
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await scratch[Symbol.asyncDispose]();
});

const waits = jest.fn();
/** How often it has looked and gone to sleep again. */
let looks = 0;

async function watch(changes: Partial<WebhookConfig> = {}): Promise<Hook> {
  const deliveries = await coverage.openDeliveries(account, DELIVERIES);
  const hook = { settings: { ...settings, ...changes }, account, deliveries };
  waits.mockClear();
  const sleep: ManualClock["sleep"] = (ms, signal) => {
    looks += 1;
    return clock.sleep(ms, signal);
  };
  const parts = { clock: { ...clock, sleep }, board, reporter: { waits } };
  const before = looks;
  void watchSilence(parts as unknown as Parts, hook, stop.signal);
  await until(() => looks > before);
  return hook;
}

/** A minute at a time, as time passes: each look has been taken when this resolves. */
async function pass(minutes: number): Promise<void> {
  for (let n = 0; n < minutes; n++) {
    const before = looks;
    clock.advance(MINUTE_MS);
    await until(() => looks > before);
  }
}

const gaps = () => coverage.of(account.key).flatMap((feed) => feed.gaps);
const at = (minutes: number): string =>
  new Date(Date.parse("2026-03-02T09:00:00.000Z") + minutes * MINUTE_MS).toISOString();

test("a silence that is longer than the settings allow is a gap from the last delivery on", async () => {
  const { deliveries } = await watch();
  await pass(20);
  await deliveries.delivered(3);
  await pass(29);
  expect(gaps()).toEqual([]);
  await pass(1);
  expect(gaps()).toMatchObject([{ from: at(20), cause: "webhook silent" }]);
  expect(gaps()[0]).not.toHaveProperty("to");
  expect(waits).toHaveBeenCalledWith(account, DELIVERIES, expect.objectContaining({ name: "Unavailable" }));
  expect(board.parts()["webhook shop (deliveries)"]).toMatchObject({
    state: "up",
    detail: expect.stringContaining("No delivery came for 30 minutes") as string,
  });
});

test("the gap ends with the next delivery, and closes when the sender says that it has told all", async () => {
  const { deliveries } = await watch();
  await pass(35);
  await deliveries.delivered(2);
  expect(gaps()).toMatchObject([{ from: at(0), to: at(35), brought: 2 }]);
  expect(gaps()[0]).not.toHaveProperty("closedAt");
  await pass(1);
  expect(board.parts()["webhook shop (deliveries)"]).toMatchObject({ state: "up", detail: "" });
  await deliveries.delivered(0, [{ from: undefined, to: at(36) }]);
  expect(gaps()).toMatchObject([{ from: at(0), to: at(35), closedAt: at(36) }]);
});

test("a silence goes on through a restart", async () => {
  await watch();
  await pass(35);
  stop.abort();
  stop = new AbortController();
  await scratch.reopen();
  coverage = await openCoverage({ journal: scratch.journal, clock });
  await watch();
  expect(gaps()).toMatchObject([{ from: at(0), cause: "webhook silent" }]);
});

test("without a limit it may be silent as long as it likes", async () => {
  const deliveries = await coverage.openDeliveries(account, DELIVERIES);
  await watchSilence({ clock, board } as unknown as Parts, { settings: QUIET, account, deliveries }, stop.signal);
  expect(gaps()).toEqual([]);
});
