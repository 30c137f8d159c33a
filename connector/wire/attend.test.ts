import { manualClock, type ManualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal, type ScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import type { WebhookConfig } from "../config.ts";
import { openCoverage, type CoverageBook } from "../coverage.ts";
import { openBoard } from "../http/board.ts";
import type { Journal } from "../journal/journal.ts";
import { isOpen } from "../model/coverage.ts";
import { toUs } from "../sources/webhook/index.ts";
import { openTelemetry } from "../telemetry.ts";
import { attend } from "./attend.ts";
import { DELIVERIES, type Hook } from "./hook.ts";
import type { Parts } from "./parts.ts";

const MINUTE_MS = 60_000;
const settings: WebhookConfig = {
  ...{ network: "webhook", name: "shop", label: "Shop", secretEnv: "X", secret: "x" },
  silentMinutes: 10,
};
const { account } = toUs(settings);
const telemetry = openTelemetry({ level: "silent" });

let clock: ManualClock;
let scratch: ScratchJournal;
beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
});
afterEach(() => scratch[Symbol.asyncDispose]());

interface Connector {
  readonly coverage: CoverageBook;
  readonly hook: Hook;
  readonly heard: (string | undefined)[];
  /** Attends until the answer is called. */
  attend(): () => Promise<void>;
  /** How often it has looked and gone to sleep again. */
  looks(): number;
}

async function open(): Promise<Connector> {
  const journal = { ...scratch.journal, isShared: true } as Journal;
  const coverage = await openCoverage({ journal, clock });
  const hook = { settings, account, deliveries: await coverage.openDeliveries(account, DELIVERIES) };
  const heard: (string | undefined)[] = [];
  let looks = 0;
  const reporter = { heard: (_: unknown, __: string, at?: string) => heard.push(at), waits: () => undefined };
  const sleep: ManualClock["sleep"] = (ms, signal) => {
    looks += 1;
    return clock.sleep(ms, signal);
  };
  const parts = { clock: { ...clock, sleep }, journal, board: openBoard(clock), reporter, telemetry };
  return {
    coverage,
    hook,
    heard,
    looks: () => looks,
    attend() {
      const stop = new AbortController();
      const attending = attend(parts as unknown as Parts, hook, stop.signal);
      return async () => {
        stop.abort();
        await attending.catch(() => undefined);
      };
    },
  };
}

/** A minute at a time: both rounds of who attends have been made when this resolves. */
async function pass(minutes: number, connector: Connector): Promise<void> {
  for (let n = 0; n < minutes; n++) {
    const before = connector.looks();
    clock.advance(MINUTE_MS);
    await until(() => connector.looks() >= before + 2);
  }
}

const gapsOf = ({ coverage }: Connector) => coverage.of(account.key).flatMap(({ gaps }) => gaps);

test("what comes to another connector is heard of by the one that attends, and is no silence", async () => {
  const [takes, attends] = [await open(), await open()];
  const stop = attends.attend();
  await until(() => attends.looks() >= 2);
  for (let minute = 0; minute < 30; minute += 5) {
    await takes.hook.deliveries.delivered(1);
    await pass(5, attends);
  }
  expect(gapsOf(attends)).toEqual([]);
  expect(attends.heard.at(-1)).toBe("2026-03-02T09:25:00.000Z");
  await pass(10, attends);
  expect(gapsOf(attends).filter(isOpen)).toMatchObject([{ cause: "webhook silent", from: "2026-03-02T09:25:00.000Z" }]);
  await stop();
});

test("an account that goes from one connector to another has no gap for that; one that nobody attended to has", async () => {
  const [first, second, third] = [await open(), await open(), await open()];
  await first.hook.deliveries.delivered(1, [{ from: undefined, to: clock.now() }]);
  const stopFirst = first.attend();
  await until(() => first.looks() >= 2);
  await pass(2, first);
  await stopFirst();
  clock.advance(MINUTE_MS);
  const stopSecond = second.attend();
  await until(() => second.looks() >= 2);
  expect(gapsOf(second)).toEqual([]);
  await stopSecond();
  clock.advance(5 * MINUTE_MS);
  const stopThird = third.attend();
  await until(() => third.looks() >= 2);
  expect(gapsOf(third)).toMatchObject([{ cause: "connector stopped", from: "2026-03-02T09:00:00.000Z" }]);
  await stopThird();
});
