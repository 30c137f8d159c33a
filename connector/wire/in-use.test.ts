import { manualClock, type ManualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal, type ScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { Unavailable } from "../errors.ts";
import type { RuleRow } from "../model/settings.ts";
import { defaultRows } from "../rules/default-rows.ts";
import { toRuleSet } from "../rules/to-rule-set.ts";
import { openTelemetry } from "../telemetry.ts";
import { followInUse } from "./follow-in-use.ts";
import { openInUse } from "./in-use.ts";

const telemetry = openTelemetry({ level: "silent" });
let clock: ManualClock;
let scratch: ScratchJournal;
beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
});
afterEach(() => scratch[Symbol.asyncDispose]());

function toRules(responseMinutes: number) {
  const rows = defaultRows.map((row): RuleRow => ({
    ...row,
    id: row.name,
    ...(row.name === "otherwise" ? { responseMinutes } : {}),
  }));
  const read = toRuleSet(rows);
  if (!("set" in read)) throw new Error("broken rules");
  return { set: read.set, rows };
}

const listener = { id: "l1", account: undefined, words: ["nordwind"], excluded: [], languages: [] };

test("what one connector took into use, the others have within some seconds, and tell of it", async () => {
  const [reads, follows] = [await openInUse(scratch.journal), await openInUse(scratch.journal)];
  const stop = new AbortController();
  const journal = { ...scratch.journal, isShared: true };
  let heard = 0;
  follows.onListeners(() => (heard += 1));
  let changes = 0;
  const onRules = (): void => void (changes += 1);
  const following = followInUse({ journal, clock, inUse: follows, telemetry }, stop.signal, onRules);
  await clock.untilSleeping();
  const { set, rows } = toRules(45);
  await reads.useRules(set, rows);
  await reads.useListeners([listener]);
  clock.advance(5_000);
  await until(() => heard === 1 && follows.rules().version === set.version);
  expect(follows.listeners()).toEqual([listener]);
  await clock.untilSleeping();
  expect(changes).toBe(1);
  clock.advance(5_000);
  await clock.untilSleeping();
  expect(heard).toBe(1);
  stop.abort();
  await following;
});

test("nobody looks where there is no other connector", async () => {
  const inUse = await openInUse(scratch.journal);
  await followInUse({ journal: scratch.journal, clock, inUse, telemetry }, new AbortController().signal);
});

test("who read the CRM before another wrote does not write over that: it reads again", async () => {
  const [slow, fast] = [await openInUse(scratch.journal), await openInUse(scratch.journal)];
  const seen = await slow.refresh();
  const [older, newer] = [toRules(45), toRules(50)];
  await fast.useRules(newer.set, newer.rows);
  // Even where it has looked meanwhile.
  await slow.refresh();
  await expect(slow.useRules(older.set, older.rows, seen)).rejects.toThrow(Unavailable);
  expect(slow.rules().version).toBe(newer.set.version);
  await slow.useRules(newer.set, newer.rows, await slow.refresh());
  expect((await openInUse(scratch.journal)).rules().version).toBe(newer.set.version);
});

test("the same, written by two at once, disturbs neither", async () => {
  const [one, other] = [await openInUse(scratch.journal), await openInUse(scratch.journal)];
  const { set, rows } = toRules(45);
  await one.useRules(set, rows);
  await expect(other.useRules(set, rows)).resolves.toBe(true);
  expect(await other.areKept()).toBe(true);
});

test("who waits for rules has them when they are kept", async () => {
  const [reads, waits] = [await openInUse(scratch.journal), await openInUse(scratch.journal)];
  expect(await waits.areKept()).toBe(false);
  const { set, rows } = toRules(45);
  await reads.useRules(set, rows);
  expect(await waits.areKept()).toBe(true);
  expect(waits.rules().version).toBe(set.version);
});
