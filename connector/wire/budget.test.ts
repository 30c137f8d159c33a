import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { openBudget } from "../crm/budget.ts";
import { openBoard } from "../http/board.ts";
import { openTelemetry } from "../telemetry.ts";
import { showBudget, toSentence } from "./budget.ts";
import type { Parts } from "./parts.ts";

const ample = { allowed: 50_000, used: 12_340, org: undefined, held: undefined, urgentMs: 150, usualMs: 2000 };

test.each([
  [ample, "12,340 of 50,000 calls used in the last 24 hours; urgent posts wait 150 ms for company, others 2 s"],
  [
    { ...ample, org: { used: 39_000, limit: 100_000 }, urgentMs: 4200, usualMs: 150_000 },
    "12,340 of 50,000 calls used in the last 24 hours; the org has 61,000 of 100,000 left; " +
      "urgent posts wait 4 s for company, others 3 min",
  ],
  [
    { ...ample, usualMs: Infinity, held: { calls: 1, mostUrgent: "usual" as const, nextInMs: 90_000 } },
    "12,340 of 50,000 calls used in the last 24 hours; urgent posts wait 150 ms for company, others until there are " +
      "calls again; 1 call is held, the next for 90 s",
  ],
  [
    { ...ample, urgentMs: Infinity, usualMs: Infinity, org: { used: 100_001, limit: 100_000 } },
    "12,340 of 50,000 calls used in the last 24 hours; the org has 0 of 100,000 left; " +
      "no posts are handed on until there are calls again",
  ],
])("the operator reads it in a sentence (%#)", (shown, sentence) => {
  expect(toSentence(shown)).toBe(sentence);
});

test("board and metrics follow the budget", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  await using budget = await openBudget({ clock, journal: scratch.journal, share: 0.5 });
  const board = openBoard(clock);
  const telemetry = openTelemetry({ level: "silent" });
  const stop = new AbortController();
  const showing = showBudget({ clock, board, telemetry } as unknown as Parts, budget, stop.signal);
  const line = () => board.parts()["crm calls"];
  expect(line()).toMatchObject({ state: "up" });
  expect(await telemetry.metrics.registry.metrics()).toContain('earshot_crm_linger_seconds{posts="urgent"} 0.15');

  budget.told({ used: 4000, limit: 4000 });
  await clock.untilSleeping(2000);
  clock.advance(2000);
  await until(() => line()?.state === "waiting");
  expect(line()?.detail).toMatch(/the org has 0 of 4,000 left; no posts are handed on/);
  const metrics = await telemetry.metrics.registry.metrics();
  expect(metrics).toMatch(/^earshot_crm_calls_left 0$/m);
  expect(metrics).toMatch(/^earshot_crm_budget_left 200$/m);
  stop.abort();
  await showing;
});
