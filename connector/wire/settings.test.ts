import { manualClock, type ManualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal, type ScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { Unavailable } from "../errors.ts";
import { toBell } from "../flow/consuming/bell.ts";
import { openBoard } from "../http/board.ts";
import type { KeptSettings, ListenerRow, OrgSettings, Remark, RuleRow } from "../model/settings.ts";
import { defaultRows } from "../rules/default-rows.ts";
import { defaultRules } from "../rules/defaults.ts";
import { openTelemetry } from "../telemetry.ts";
import { openInUse, type InUse } from "./in-use.ts";
import type { Parts } from "./parts.ts";
import { keepSettings, readSettings } from "./settings.ts";

const never = new AbortController().signal;
const ORG = { orgId: "00D", reopenedStatus: "New", completedTaskStatus: "Completed" };

/** A CRM that holds settings only, and what it was told to say on them. */
function toCrm() {
  const crm = {
    rules: defaultRows.map((row): RuleRow => ({ ...row, id: row.name })) as readonly RuleRow[],
    listeners: [] as readonly ListenerRow[],
    queues: new Map([
      ["Social_Service", "1"],
      ["Social_Priority", "2"],
    ]),
    said: new Map<string, Remark>(),
    reads: 0,
    fault: undefined as Error | undefined,
    settings: (): Promise<OrgSettings> => Promise.resolve({ ...ORG, queues: crm.queues }),
    kept(): Promise<KeptSettings> {
      crm.reads += 1;
      return crm.fault === undefined ? Promise.resolve(crm) : Promise.reject(crm.fault);
    },
    remark(remarks: readonly Remark[]): Promise<void> {
      for (const remark of remarks) crm.said.set(remark.id, remark);
      return Promise.resolve();
    },
    /** A coordinator changes a rule. */
    change(name: string, change: Partial<RuleRow>): void {
      crm.rules = crm.rules.map((row) => (row.name === name ? { ...row, ...change } : row));
    },
  };
  return crm;
}

let clock: ManualClock;
let scratch: ScratchJournal;
let crm: ReturnType<typeof toCrm>;
let parts: Parts;

async function open(): Promise<Parts> {
  const some: Partial<Parts> = {
    config: { accounts: [] } as unknown as Parts["config"],
    telemetry: openTelemetry({ level: "silent" }),
    clock,
    journal: scratch.journal,
    board: openBoard(clock),
    inUse: await openInUse(scratch.journal),
    settingsBell: toBell(clock),
  };
  return some as Parts;
}

beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
  crm = toCrm();
  parts = await open();
});
afterEach(() => scratch[Symbol.asyncDispose]());

const read = () => readSettings(parts, crm, never);
const stateOf = (name: string) => crm.said.get(name)?.state;
const detailOf = (part: string) => parts.board.parts()[part]?.detail;
const minutesOf = ({ rules }: InUse) => rules().deciding.responseMinutes.map(({ says }) => says.responseMinutes);

test("what the coordinators' rows say is in use, and each row says so", async () => {
  crm.change("high-priority", { responseMinutes: 5 });
  crm.change("praise", { active: false });
  expect(await read()).toBe(false);
  expect(minutesOf(parts.inUse)).toEqual([5, 30]);
  expect(stateOf("high-priority")).toBe("In use");
  expect(stateOf("praise")).toBe("Switched off");
  expect(detailOf("rules")).toBe(`${defaultRows.length - 1} in use (set ${parts.inUse.rules().version})`);
});

test("without any active rule the default rules are in use", async () => {
  crm.rules = [];
  await read();
  expect(parts.inUse.rules()).toBe(defaultRules);
  expect(detailOf("rules")).toContain("the default rules are in use");
});

test("a broken row changes nothing, says what is wrong on itself, and the other rows stay as they are", async () => {
  await read();
  crm.said.clear();
  const before = parts.inUse.rules();
  crm.change("complaint", { condition: 'intent = "complaint"' });
  crm.change("otherwise", { responseMinutes: 45 });
  expect(await read()).toBe(true);
  expect(parts.inUse.rules()).toBe(before);
  expect([...crm.said.keys()]).toEqual(["complaint"]);
  expect(crm.said.get("complaint")).toMatchObject({ state: "Broken" });
  expect(crm.said.get("complaint")?.detail).toMatch(/Two equals signs.*that were in use before stay in use/);
  expect(detailOf("rules")).toMatch(/^"complaint" broken/);
  expect(parts.board.isReady()).toBe(true);

  crm.change("complaint", { condition: 'intent == "complaint"' });
  expect(await read()).toBe(false);
  expect(stateOf("complaint")).toBe("In use");
  expect(minutesOf(parts.inUse)).toEqual([15, 45]);
});

test("a start at which the CRM is away begins with the last good rules, not with the defaults", async () => {
  crm.change("otherwise", { responseMinutes: 45 });
  await read();
  const { version } = parts.inUse.rules();
  crm.change("otherwise", { responseMinutes: -1 });
  await read();
  await scratch.reopen();
  const again = await openInUse(scratch.journal);
  expect(again.rules().version).toBe(version);
  expect(minutesOf(again)).toEqual([15, 45]);
});

test("what another version remembered, and nobody understands now, is no hindrance", async () => {
  await scratch.journal.put("settings/rules", '[{"id":7}]', 0);
  await scratch.journal.put("settings/listeners", '[{"id":7}]', 0);
  const inUse = await openInUse(scratch.journal);
  expect(inUse.rules()).toBe(defaultRules);
  expect(inUse.listeners()).toEqual([]);
});

test("a queue that the org has not is a fault, until it is there", async () => {
  crm.change("otherwise", { queue: "Night_Shift" });
  expect(await read()).toBe(true);
  expect(crm.said.get("otherwise")?.detail).toMatch(/no queue "Night_Shift"/);
  crm.queues.set("Night_Shift", "3");
  expect(await read()).toBe(false);
});

test("a row that cannot be written on holds up nothing", async () => {
  crm.change("otherwise", { responseMinutes: 45 });
  const refusing = { ...crm, kept: () => crm.kept(), remark: () => Promise.reject(new Error("A rule of the org")) };
  expect(await readSettings(parts, refusing, never)).toBe(false);
  expect(minutesOf(parts.inUse)).toEqual([15, 45]);
});

test("what cannot be said now holds up nothing either, and is said later", async () => {
  crm.change("otherwise", { responseMinutes: 45 });
  let tries = 0;
  const remark = () => Promise.reject(new Unavailable(`Try ${++tries} met a lock`));
  expect(await readSettings(parts, { ...crm, kept: () => crm.kept(), remark }, never)).toBe(true);
  expect(minutesOf(parts.inUse)).toEqual([15, 45]);
  expect(tries).toBe(1);
  expect(await read()).toBe(false);
  expect(stateOf("otherwise")).toBe("In use");
});

describe("a listener", () => {
  const row = { id: "l1", name: "Brand", active: true, account: undefined, excluded: "", languages: "" };
  const wordsNow = () => parts.inUse.listeners().flatMap(({ words }) => words);

  test("that is broken goes on as it was, and holds up no other", async () => {
    crm.listeners = [{ ...row, words: "nordwind" }];
    await read();
    crm.listeners = [
      { ...row, words: "x" },
      { ...row, id: "l2", words: "lost bag" },
      { ...row, id: "l3", words: "" },
    ];
    expect(await read()).toBe(true);
    expect(wordsNow()).toEqual(["nordwind", "lost bag"]);
    expect(stateOf("l1")).toBe("Broken");
    expect(crm.said.get("l1")?.detail).toMatch(/one letter only.*Until then it listens as it did before/);
    expect(crm.said.get("l3")?.detail).not.toMatch(/as it did before/);
    expect(stateOf("l2")).toBe("In use");
    expect(detailOf("listeners")).toMatch(/^"Brand", "Brand" broken/);
    await scratch.reopen();
    expect((await openInUse(scratch.journal)).listeners()).toHaveLength(2);
  });

  test("that is switched off or gone is heard no more", async () => {
    crm.listeners = [
      { ...row, words: "nordwind" },
      { ...row, id: "l2", words: "lost bag" },
    ];
    await read();
    crm.listeners = [{ ...row, words: "nordwind", active: false }];
    await read();
    expect(wordsNow()).toEqual([]);
    expect(stateOf("l1")).toBe("Switched off");
  });
});

describe("the keeper", () => {
  function keep(isBroken = false) {
    const stop = new AbortController();
    const ended = keepSettings(parts, crm, isBroken, stop.signal);
    return {
      async stop() {
        stop.abort();
        await ended;
      },
    };
  }

  test("reads when the bell rings, and asks for nothing else", async () => {
    const keeper = keep();
    crm.change("otherwise", { responseMinutes: 45 });
    clock.advance(86_400_000);
    expect(crm.reads).toBe(0);
    parts.settingsBell.ring();
    await until(() => minutesOf(parts.inUse)[1] === 45);
    expect(crm.reads).toBe(1);
    await keeper.stop();
  });

  test("looks again after ten minutes as long as something is broken", async () => {
    const keeper = keep(true);
    expect(await clock.untilSleeping()).toBe(600_000);
    clock.advance(600_000);
    await until(() => stateOf("otherwise") === "In use");
    await keeper.stop();
    expect(crm.reads).toBe(1);
  });

  test("waits for a CRM that is away, and loses no ring", async () => {
    crm.fault = new Unavailable("The org is away");
    const keeper = keep();
    parts.settingsBell.ring();
    await until(() => parts.board.parts()["crm"]?.state === "waiting");
    crm.fault = undefined;
    crm.change("otherwise", { responseMinutes: 45 });
    await clock.untilSleeping();
    clock.advance(60_000);
    await until(() => minutesOf(parts.inUse)[1] === 45);
    await until(() => parts.board.parts()["crm"]?.state === "up");
    await keeper.stop();
  });
});
