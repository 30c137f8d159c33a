import { manualClock } from "../test/fakes/manual-clock.ts";
import { COMPANY } from "../test/fakes/posts.ts";
import type { Crm, News } from "./crm/crm.ts";
import { Unavailable } from "./errors.ts";
import type { Account } from "./model/account.ts";
import { openReporter } from "./reporter.ts";

const account: Account = {
  key: COMPANY,
  network: "test",
  handle: "nordwind@social.example",
  mode: "engage",
  textLimit: 500,
  urlLength: 23,
};
const never = new AbortController().signal;

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
  const reporter = openReporter(manualClock());
  reporter.watch(account);
  await reporter.introduce(crm, never);
  await reporter.introduce(crm, never);
  expect(reports).toEqual([[{ account, health: "Connected", detail: "", lastHeardAt: undefined }]]);
});

test("a refused row is told, and neither stops the introduction nor is asked for at every batch", async () => {
  const refusal = new Error("A rule on accounts");
  const { crm, reports } = toCrm(() => Promise.reject(refusal));
  const refused: unknown[] = [];
  const reporter = openReporter(manualClock(), (error) => refused.push(error));
  reporter.watch(account);
  await reporter.introduce(crm, never);
  await reporter.introduce(crm, never);
  expect(refused).toEqual([refusal]);
  expect(reports).toHaveLength(1);
});

test("a refused row does not end the reports: the next round tries again", async () => {
  const clock = manualClock();
  const stop = new AbortController();
  const { crm, reports } = toCrm(() => Promise.reject(new Error("A rule on accounts")));
  const reporter = openReporter(clock);
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
  const reporter = openReporter(manualClock());
  reporter.watch(account);
  await expect(reporter.introduce(crm, never)).rejects.toThrow(Unavailable);
  isThere = true;
  await reporter.introduce(crm, never);
  expect(reports).toHaveLength(2);
});
