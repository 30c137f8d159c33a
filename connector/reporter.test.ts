import { manualClock } from "../test/fakes/manual-clock.ts";
import type { ManualClock } from "../test/fakes/manual-clock.ts";
import { COMPANY } from "../test/fakes/posts.ts";
import { openScratchJournal } from "../test/fakes/scratch-journal.ts";
import type { ScratchJournal } from "../test/fakes/scratch-journal.ts";
import { until } from "../test/fakes/until.ts";
import type { Crm, News } from "./crm/crm.ts";
import { Disconnected, Unavailable } from "./errors.ts";
import type { Account } from "./model/account.ts";
import type { Coverage } from "./model/coverage.ts";
import { openReporter } from "./reporter.ts";
import type { Reporter } from "./reporter.ts";

const MINUTE_MS = 60_000;
const account: Account = {
  key: COMPANY,
  network: "test",
  handle: "nordwind@social.example",
  mode: "engage",
  textLimit: 500,
  urlLength: 23,
};
const never = new AbortController().signal;
const refused = new Disconnected("The network refuses the token", { remedy: "Make a new one." });
const coverage: readonly Coverage[] = [{ feed: "own", since: "2026", heardUntil: undefined, gaps: [] }];

let clock: ManualClock;
let scratch: ScratchJournal;
beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
});
afterEach(() => scratch[Symbol.asyncDispose]());

function open(onRefused?: (error: unknown) => void, hears: () => boolean = () => true): Reporter {
  const coverageOf = () => coverage;
  return openReporter({
    journal: scratch.journal,
    clock,
    coverageOf,
    hears,
    ...(onRefused === undefined ? {} : { onRefused }),
  });
}

/** A CRM that answers every report with `answer`. */
function toCrm(answer: () => Promise<void>) {
  const reports: (readonly News[])[] = [];
  const crm: Pick<Crm, "report" | "settings"> = {
    report(news) {
      reports.push(news);
      return answer();
    },
    settings: () => Promise.reject(new Unavailable("Not asked for here")),
  };
  return { crm: crm as Crm, reports };
}

test("introduces an account once", async () => {
  const { crm, reports } = toCrm(() => Promise.resolve());
  const reporter = open();
  reporter.watch(account);
  await reporter.introduce(crm, never);
  await reporter.introduce(crm, never);
  expect(reports).toEqual([[{ account, health: "Connected", detail: "", lastHeardAt: undefined, coverage }]]);
});

test("a refused row is told, and neither stops the introduction nor is asked for at every batch", async () => {
  const refusal = new Error("A rule on accounts");
  const { crm, reports } = toCrm(() => Promise.reject(refusal));
  const refusals: unknown[] = [];
  const reporter = open((error) => refusals.push(error));
  reporter.watch(account);
  await reporter.introduce(crm, never);
  await reporter.introduce(crm, never);
  expect(refusals).toEqual([refusal]);
  expect(reports).toHaveLength(1);
});

test("a refused row does not end the reports: the next round tries again", async () => {
  const stop = new AbortController();
  const { crm, reports } = toCrm(() => Promise.reject(new Error("A rule on accounts")));
  const reporter = open();
  reporter.watch(account);
  const running = reporter.run({ ...crm, settings: () => Promise.resolve({} as never) }, stop.signal);
  clock.advance(await clock.untilSleeping());
  await clock.untilSleeping();
  stop.abort();
  await running;
  expect(reports).toHaveLength(2);
});

test("a CRM that is not there now is waited for by the caller, and asked again", async () => {
  let isThere = false;
  const { crm, reports } = toCrm(() => (isThere ? Promise.resolve() : Promise.reject(new Unavailable("Busy"))));
  const reporter = open();
  reporter.watch(account);
  await expect(reporter.introduce(crm, never)).rejects.toThrow(Unavailable);
  isThere = true;
  await reporter.introduce(crm, never);
  expect(reports).toHaveLength(2);
});

test("whoever waited for the CRM hears when it has been told", async () => {
  let isThere = false;
  const { crm } = toCrm(() => (isThere ? Promise.resolve() : Promise.reject(new Unavailable("Busy"))));
  const reporter = open();
  reporter.watch(account);
  const stop = new AbortController();
  let told = 0;
  const onTold = (): void => void (told += 1);
  await expect(reporter.run(crm, stop.signal, onTold)).rejects.toThrow(Unavailable);
  expect(told).toBe(0);
  isThere = true;
  const running = reporter.run(crm, stop.signal, onTold);
  await clock.untilSleeping();
  expect(told).toBe(1);
  stop.abort();
  await running;
});

/** Runs the reporter against a CRM that takes everything. */
function run(reporter: Reporter) {
  const stop = new AbortController();
  const { crm, reports } = toCrm(() => Promise.resolve());
  const settings = () => Promise.resolve({} as never);
  const running = reporter.run({ ...crm, settings }, stop.signal);
  return {
    reports,
    latest: () => reports.at(-1)?.[0],
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}

describe("health", () => {
  test("that changes is told at once, but at most once a minute", async () => {
    const reporter = open();
    reporter.watch(account);
    const { reports, latest, stop } = run(reporter);
    await clock.untilSleeping();
    clock.advance(MINUTE_MS);
    reporter.waits(account, "own", new Unavailable("No answer"));
    await until(() => reports.length === 2);
    expect(latest()).toMatchObject({ health: "Degraded", detail: "No answer" });
    await clock.untilSleeping();
    reporter.heard(account, "own", clock.now());
    reporter.waits(account, "own", new Unavailable("Again"));
    await clock.untilSleeping(MINUTE_MS);
    expect(reports).toHaveLength(2);
    const heardAt = clock.now();
    reporter.heard(account, "own", heardAt);
    clock.advance(MINUTE_MS);
    await until(() => reports.length === 3);
    expect(latest()).toMatchObject({ health: "Connected", detail: "", lastHeardAt: heardAt });
    await stop();
  });

  test("is that of the worst feed: one that is heard does not speak for another one", async () => {
    const reporter = open();
    reporter.waits(account, "own", refused);
    reporter.waits(account, "words", new Unavailable("No answer"));
    reporter.heard(account, "notifications", clock.now());
    const { reports, latest, stop } = run(reporter);
    await until(() => reports.length === 1);
    expect(latest()).toMatchObject({
      health: "Disconnected",
      detail: "The network refuses the token. Make a new one.",
    });
    await stop();
  });
});

test("an account that is heard late is Degraded, and told so once", async () => {
  const reporter = open();
  reporter.watch(account);
  const { reports, latest, stop } = run(reporter);
  for (let minute = 0; minute < 3; minute++) {
    await clock.untilSleeping();
    clock.advance(MINUTE_MS);
    reporter.heard(account, "own", clock.now(), "The stream is down");
    await until(() => reports.length === 2);
  }
  expect(latest()).toMatchObject({ health: "Degraded", detail: "The stream is down" });
  expect(latest()?.lastHeardAt).toBeDefined();
  await clock.untilSleeping();
  expect(reports).toHaveLength(2);
  await stop();
});

describe("a disconnected account", () => {
  test("is one task for the coordinator, also after a restart, until it is connected again", async () => {
    const began = clock.now();
    const first = open();
    first.waits(account, "own", refused);
    const before = run(first);
    await until(() => before.reports.length === 1);
    const task = { since: began, subject: "Connect nordwind@social.example (test) again" };
    expect(before.latest()?.task).toMatchObject({
      ...task,
      remedy: expect.stringMatching(/^Make a new one\. Until then/) as string,
    });
    await before.stop();

    clock.advance(10 * MINUTE_MS);
    await scratch.reopen();
    const second = open();
    second.waits(account, "own", refused);
    const after = run(second);
    await until(() => after.reports.length === 1);
    expect(after.latest()?.task).toEqual(before.latest()?.task);
    await clock.untilSleeping();
    second.heard(account, "own", clock.now());
    clock.advance(MINUTE_MS);
    await until(() => after.reports.length === 2);
    expect(after.latest()?.health).toBe("Connected");
    expect(after.latest()).not.toHaveProperty("task");

    await clock.untilSleeping();
    clock.advance(MINUTE_MS);
    second.waits(account, "own", refused);
    const again = clock.now();
    await until(() => after.reports.length === 3);
    expect(after.latest()?.task?.since).toBe(again);
    await after.stop();
  });

  test("that was connected while the CRM could not be told is another disconnection", async () => {
    const first = open();
    first.waits(account, "own", refused);
    const before = run(first);
    await until(() => before.reports.length === 1);
    await before.stop();
    first.heard(account, "own", clock.now());
    clock.advance(MINUTE_MS);
    first.waits(account, "own", refused);
    const after = run(first);
    await until(() => after.reports.length === 1);
    expect(after.latest()?.task?.since).toBe(clock.now());
    await after.stop();
  });
});

describe("of several connectors", () => {
  test("one that does not hear an account has its row made, and tells nothing of how it fares", async () => {
    const { crm, reports } = toCrm(() => Promise.resolve());
    const reporter = open(undefined, () => false);
    const stop = new AbortController();
    reporter.watch(account);
    await reporter.introduce(crm, never);
    await reporter.introduce(crm, never);
    expect(reports).toMatchObject([[{ account, health: "Degraded", coverage: [], born: true }]]);
    reporter.waits(account, "own", refused);
    const running = reporter.run(crm, stop.signal);
    await clock.untilSleeping();
    clock.advance(5 * MINUTE_MS);
    await clock.untilSleeping();
    stop.abort();
    await running.catch(() => undefined);
    expect(reports).toHaveLength(1);
  });

  test("one that takes an account over tells of it soon, and nothing that it knew from before", async () => {
    const { crm, reports } = toCrm(() => Promise.resolve());
    let isOurs = false;
    const reporter = open(undefined, () => isOurs);
    const stop = new AbortController();
    reporter.waits(account, "own", refused);
    await reporter.introduce(crm, never);
    const running = reporter.run(crm, stop.signal).catch(() => undefined);
    await clock.untilSleeping();
    isOurs = true;
    reporter.heard(account, "own", clock.now());
    await clock.untilSleeping(MINUTE_MS);
    clock.advance(MINUTE_MS);
    await until(() => reports.length === 2);
    expect(reports[1]).toMatchObject([{ health: "Connected", lastHeardAt: "2026-03-02T09:00:00.000Z" }]);
    expect(reports[1]?.[0]).not.toHaveProperty("born");
    stop.abort();
    clock.advance(5 * MINUTE_MS);
    await running;
  });
});
