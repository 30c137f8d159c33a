import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { stringify } from "yaml";
import { manualClock, type ManualClock } from "../../test/fakes/manual-clock.ts";
import { until } from "../../test/fakes/until.ts";
import { openTestShell, type TestShell } from "../../test/fakes/shell.ts";
import type { Finding } from "../crm/crm.ts";
import { Disconnected, Misconfigured, Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";

let shell: TestShell;
let journal: Journal;
let clock: ManualClock;
let others: Awaited<ReturnType<typeof openOthers>>;

/** An address that tells the time: that of the org and of the network. */
async function openOthers() {
  let aheadMs = 0;
  const server = createServer((_request, response) => {
    response.setHeader("date", new Date(Date.parse(clock.now()) + aheadMs).toUTCString());
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    goAhead: (ms: number) => void (aheadMs = ms),
    close: () => void server.close(),
  };
}

let [started, looked] = [0, 0];

/** Counts the time limits: of the checks that began, and of those that have ended. */
async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const isLimit = ms === 30_000;
  if (isLimit) started += 1;
  await clock.sleep(ms, signal);
  if (isLimit) looked += 1;
}

beforeEach(async () => {
  clock = manualClock();
  [started, looked] = [0, 0];
  others = await openOthers();
  shell = await openTestShell({ ...clock, sleep });
  configure({});
  journal = await shell.openJournal();
  const { heardUntil } = await hear({});
  expect(heardUntil).toBeDefined();
});
afterEach(async () => {
  await journal[Symbol.asyncDispose]();
  await shell[Symbol.asyncDispose]();
  others.close();
});

function configure(change: object): void {
  const account = { network: "mastodon", url: others.url, tokenEnv: "EARSHOT_MASTODON_TOKEN" };
  const salesforce = { loginUrl: others.url };
  const config = { journal: "journal.db", journalFreeMegabytes: 16, salesforce, accounts: [account], ...change };
  writeFileSync(shell.configFile, stringify(config));
}

/** What the connector notes of a feed. */
async function hear(change: object) {
  const mark = { cursor: "7", since: clock.now(), heardUntil: clock.now(), gaps: [], ...change };
  const key = "cursor/test:social.example/accounts/nordwind/notifications";
  await journal.put(key, JSON.stringify(mark), (await journal.get(key))?.revision ?? 0);
  return mark;
}

interface Report {
  readonly code: number;
  readonly state: Finding["state"];
  readonly findings: readonly Finding[];
}

async function examine(): Promise<Report> {
  const { code, out } = await shell.run("doctor", "--json");
  return { code, ...(JSON.parse(out) as Omit<Report, "code">) };
}

/** The one thing that is not good. */
async function examineFault(): Promise<Finding & { readonly code: number }> {
  const { code, findings } = await examine();
  const faults = findings.filter(({ state, what }) => state !== "good" && what !== "Disk");
  expect(faults).toHaveLength(1);
  return { code, ...(faults[0] as Finding) };
}

test("where all is well it says what it looked at, and ends with 0", async () => {
  const { code, findings } = await examine();
  expect(findings.filter(({ state, what }) => state !== "good" && what !== "Disk")).toEqual([]);
  expect(code).toBe(0);
  expect(new Set(findings.map(({ what }) => what.split(" ")[0]))).toEqual(
    new Set([
      "Configuration",
      "Journal",
      "Disk",
      "Connector",
      "Org",
      "Package",
      "Rules",
      "Calls",
      "Account",
      "Coverage",
      "Parked",
      "Clock",
    ]),
  );
});

test("for people it is one line each, with a mark and a remedy", async () => {
  shell.visit.source = () => Promise.reject(new Misconfigured("social.example refuses the token: set a valid one"));
  const { code, out } = await shell.run("doctor");
  expect(code).toBe(1);
  expect(out).toMatch(/^✓ Configuration: .*earshot\.yaml/m);
  expect(out).toMatch(/^✗ Account mastodon .*: social\.example refuses the token\.\n {4}→ Set a valid one\.$/m);
  expect(out).toMatch(/Something has to be mended: see the lines with ✗$/);
});

test("no secret is ever shown", async () => {
  shell.visit.crm = () => Promise.reject(new Error("the-client-secret was refused"));
  shell.visit.source = () => Promise.reject(new TypeError("the-token was refused"));
  const said = (await shell.run("doctor")).out + (await shell.run("doctor", "--json")).out;
  expect(said).toContain("in an unforeseen way (TypeError)");
  expect(said).not.toMatch(/the-token|the-client-secret/);
});

describe("the configuration", () => {
  test("its faults are findings, each with its place, and nothing else is looked at", async () => {
    configure({ retentionDays: 0, acounts: [] });
    const { code, findings } = await examine();
    expect(code).toBe(1);
    expect(findings).toHaveLength(2);
    expect(findings).toContainEqual(expect.objectContaining({ what: "Configuration: retentionDays", state: "bad" }));
  });

  test("a missing secret is named", async () => {
    delete shell.environment["EARSHOT_MASTODON_TOKEN"];
    const fault = await examineFault();
    expect(fault).toMatchObject({ code: 1, state: "bad" });
    expect(fault.what).toBe("Configuration: the environment variable EARSHOT_MASTODON_TOKEN is not set");
  });

  test("a file that is not there", async () => {
    writeFileSync(shell.configFile, "");
    const { code, findings } = await examine();
    expect(code).toBe(1);
    expect(findings.every(({ remedy }) => remedy !== "")).toBe(true);
  });
});

test("a rule that cannot be used is named, with what is wrong with it", async () => {
  const ours = { id: "r1", name: "VIP", active: true, order: 5, condition: "folowers > 9", reason: "" };
  const says = { needsResponse: true, priority: undefined, queue: undefined, responseMinutes: undefined };
  shell.crm.kept = () => Promise.resolve({ listeners: [], rules: [{ ...ours, ...says }] });
  const { what, state, detail } = await examineFault();
  expect({ what, state }).toEqual({ what: "Rule VIP", state: "doubtful" });
  expect(detail).toMatch(/There is no name "folowers"/);
});

describe("the journal", () => {
  test("that is not there", async () => {
    configure({ journal: "other.db" });
    const { code, findings } = await examine();
    expect(code).toBe(1);
    expect(findings.find(({ what }) => what === "Journal")).toMatchObject({
      state: "bad",
      remedy: expect.stringMatching(/Start the connector/) as string,
    });
  });

  test("that is another program's file", async () => {
    writeFileSync(`${shell.folder}/notes.db`, "Not a database, but a long enough text. ".repeat(40));
    configure({ journal: "notes.db" });
    const { findings } = await examine();
    expect(findings.find(({ what }) => what === "Journal")).toMatchObject({
      state: "bad",
      detail: expect.stringMatching(/is not a journal/) as string,
    });
  });

  const whole = { kind: "file" as const, version: 1, logs: [], bytes: 4096, freeBytes: 2 ** 40, faults: [] };

  test.each([
    ["that is damaged", { faults: ["row 7 missing from index"] }, "Journal", "bad", 1],
    ["that is too large to be read in time", { faults: undefined }, "Journal", "doubtful", 0],
    ["on a disk that is nearly full", { freeBytes: 15 * 2 ** 20 }, "Disk", "bad", 1],
    ["on a disk that fills up", { freeBytes: 500 * 2 ** 20 }, "Disk", "doubtful", 0],
  ])("%s", async (_name, change, what, state, code) => {
    shell.visit.journalState = () => Promise.resolve({ ...whole, ...change });
    const report = await examine();
    expect(report.code).toBe(code);
    expect(report.findings.filter((finding) => finding.state !== "good")).toMatchObject([{ what, state }]);
  });

  test("no connector runs", async () => {
    await journal[Symbol.asyncDispose]();
    expect(await examineFault()).toMatchObject({ code: 0, what: "Connector", state: "doubtful" });
  });

  test("what waits for long is told with its age", async () => {
    await journal.append("posts", [{ key: "test:social.example/1#0", partition: 3, value: "{}" }]);
    clock.advance(3 * 3_600_000);
    await hear({});
    expect(await examineFault()).toMatchObject({
      what: 'Log "posts"',
      state: "doubtful",
      detail: "1 of 1 entry wait, the first of them for 3 hours.",
    });
    await journal.put("position/posts/3", JSON.stringify({ seq: 1, epoch: 1 }), 0);
    expect((await examine()).state).not.toBe("bad");
  });
});

describe("the org", () => {
  test("that refuses the login", async () => {
    shell.visit.crm = () =>
      Promise.reject(new Misconfigured("Salesforce refuses the login: check salesforce.loginUrl"));
    expect(await examineFault()).toMatchObject({
      code: 1,
      what: "Org",
      state: "bad",
      detail: "Salesforce refuses the login.",
      remedy: "Check salesforce.loginUrl.",
    });
  });

  test("that cannot be reached", async () => {
    shell.visit.crm = () => Promise.reject(new Unavailable("Salesforce cannot be reached"));
    expect(await examineFault()).toMatchObject({ code: 1, what: "Org", state: "bad" });
  });

  test("that finds something itself", async () => {
    const finding: Finding = { what: "permissions", state: "bad", detail: "Case cannot be read", remedy: "Give it" };
    shell.crm.examine = () => Promise.resolve([finding]);
    expect(await examineFault()).toEqual({ code: 1, ...finding });
  });

  test("that does not answer holds up nothing else", async () => {
    shell.visit.crm = () => new Promise(() => undefined);
    const looking = examine();
    await until(() => started > 5 && looked === started - 1);
    clock.advance(30_000);
    const { code, findings } = await looking;
    expect(code).toBe(1);
    expect(findings.filter(({ state }) => state === "bad")).toMatchObject([
      { what: "Org", detail: "No answer within 30 s." },
    ]);
  });
});

test("an account whose token is dead says the way back", async () => {
  const error = new Disconnected("The network no longer takes the token", { remedy: "Make a new one" });
  shell.visit.source = () => Promise.reject(error);
  const fault = await examineFault();
  expect(fault).toMatchObject({ code: 1, state: "bad", detail: `${error.message}.`, remedy: "Make a new one." });
  expect(fault.what).toMatch(/^Account mastodon/);
});

test("an account whose token may not do all that is needed", async () => {
  Object.assign(shell.source, { lacks: () => Promise.resolve(["write:statuses"]) });
  const fault = await examineFault();
  expect(fault).toMatchObject({ code: 1, state: "bad" });
  expect(fault.detail).toMatch(/nordwind@social\.example.* lacks the rights write:statuses/);
});

describe("coverage", () => {
  const gap = {
    from: "2026-03-02T08:00:00.000Z",
    openedAt: "2026-03-02T08:00:00.000Z",
    brought: 0,
    detail: "It hangs.",
  };

  test.each([
    ["unreachable", "doubtful", 0],
    ["token refused", "bad", 1],
  ])("an open gap (%s) is %s", async (cause, state, code) => {
    await hear({ gaps: [{ ...gap, cause }] });
    const fault = await examineFault();
    expect(fault).toMatchObject({ code, state });
    expect(fault.detail).toContain(`Not heard from ${gap.from} on (${cause})`);
  });

  test("a closed gap is no fault", async () => {
    await hear({ gaps: [{ ...gap, cause: "rate limit", to: clock.now(), closedAt: clock.now() }] });
    expect((await examine()).code).toBe(0);
  });
});

test("parked entries are counted by reason", async () => {
  const parked = { key: "k", partition: 0, detail: "", at: clock.now(), tries: 1 };
  for (const [seq, reason] of ["bug", "locked", "bug"].entries())
    await journal.put(`parked/posts/${seq + 1}`, JSON.stringify({ ...parked, reason }), 0);
  const { code, findings } = await examine();
  expect(code).toBe(0);
  const told = findings.filter(({ what }) => what === "Parked entries").map(({ state, detail }) => [state, detail]);
  expect(told).toEqual([
    ["doubtful", "2 of posts: bug."],
    ["doubtful", "1 of posts: locked."],
  ]);
});

test("a day's calls that are nearly used up", async () => {
  shell.visit.calls = () => Promise.resolve({ allowed: 1000, used: 950, left: 5, org: undefined, held: undefined });
  expect(await examineFault()).toMatchObject({ code: 0, what: "Calls of the connector", state: "doubtful" });
});

test.each([
  [61_500, "behind"],
  [-63_000, "ahead of"],
])("a clock that is %i ms off is bad", async (ms, way) => {
  others.goAhead(ms);
  const fault = await examineFault();
  expect(fault).toMatchObject({ code: 1, what: `Clock of ${others.url}`, state: "bad" });
  expect(fault.detail).toContain(`${way} it`);
});
