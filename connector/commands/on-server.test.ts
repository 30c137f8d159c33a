import { writeFileSync } from "node:fs";
import { stringify } from "yaml";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openPostgresPlace, type PostgresPlace } from "../../test/fakes/postgres.ts";
import { openTestShell, type TestShell } from "../../test/fakes/shell.ts";
import type { Finding } from "../crm/crm.ts";
import { toReplicaKey, toShareKey } from "../flow/sharing/documents.ts";
import type { Journal } from "../journal/journal.ts";
import { openPostgresJournal } from "../journal/postgres.ts";

const clock = manualClock(new Date().toISOString());

let place: PostgresPlace;
let journal: Journal;
let shell: TestShell;
/** What the connectors do while a command waits. */
let meanwhile = () => Promise.resolve();

/** While a command looks whether anybody lives, time passes. */
async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms >= 1000) {
    await clock.sleep(ms, signal);
    return;
  }
  clock.advance(ms);
  await meanwhile();
}

beforeEach(async () => {
  place = await openPostgresPlace();
  journal = await openPostgresJournal({ url: place.url, clock, partitions: 2 });
  shell = await openTestShell({ ...clock, sleep });
  const [, password = ""] = /:([^:@]*)@/.exec(place.url) ?? [];
  shell.environment["EARSHOT_JOURNAL_PASSWORD"] = password;
  shell.environment["EARSHOT_WEBHOOK_SHOP"] = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
  const accounts = [{ network: "webhook", name: "shop", secretEnv: "EARSHOT_WEBHOOK_SHOP" }];
  const salesforce = { loginUrl: "https://example.my.salesforce.com" };
  writeFileSync(
    shell.configFile,
    stringify({ journal: place.url.replace(`:${password}@`, "@"), salesforce, accounts }),
  );
});
afterEach(async () => {
  meanwhile = () => Promise.resolve();
  await shell[Symbol.asyncDispose]();
  await journal[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
});

async function write(key: string, value: object): Promise<void> {
  await journal.put(key, JSON.stringify(value), (await journal.get(key))?.revision ?? 0);
}

const live = (id: string, pid: number) => write(toReplicaKey(id), { host: "node", pid, since: clock.now() });

/** Two connectors, one of which has died. */
async function play(): Promise<void> {
  meanwhile = () => live("a", 1);
  await live("a", 1);
  await live("b", 2);
  await write(toShareKey("crm"), { owner: "a", epoch: 1 });
  await write(toShareKey(0), { owner: "a", epoch: 1 });
  await write(toShareKey(1), { owner: "b", epoch: 1 });
}

async function examine(): Promise<readonly Finding[]> {
  const { out } = await shell.run("doctor", "--json");
  return (JSON.parse(out) as { findings: readonly Finding[] }).findings;
}

test("doctor tells of the server, of each connector and of what waits", async () => {
  await play();
  await journal.append("posts", [{ key: "test:1#0", partition: 3, value: "{}" }]);
  const findings = new Map((await examine()).map((finding) => [finding.what, finding]));
  expect(findings.get("Journal")?.detail).toContain(`schema ${place.schema}`);
  expect(findings.get("Standby")).toMatchObject({ state: "doubtful" });
  expect(findings.get("Connections")).toMatchObject({ state: "good" });
  expect(findings.get("Connector")).toMatchObject({ state: "good" });
  expect(findings.get("Connector node 1")?.detail).toMatch(/what people do in the CRM, and partition 0\.$/);
  expect(findings.get("Connector node 2")).toMatchObject({ state: "doubtful" });
  expect(findings.get("Shares")?.detail).toMatch(/^1 of 3/);
  expect(findings.get('Log "posts"')).toMatchObject({
    state: "good",
    detail: expect.stringMatching(/^1 entry wait/) as string,
  });
  expect(JSON.stringify([...findings.values()])).not.toContain(shell.environment["EARSHOT_JOURNAL_PASSWORD"]);
});

test("doctor says when no connector runs, though one died and is still written down", async () => {
  await play();
  meanwhile = () => Promise.resolve();
  expect(await examine()).toContainEqual(expect.objectContaining({ what: "Connector", state: "doubtful" }));
});

test("doctor says how to make a journal that is not there", async () => {
  await place.query("DROP SCHEMA $schema CASCADE");
  const finding = (await examine()).find(({ what }) => what === "Journal");
  expect(finding).toMatchObject({ state: "bad", remedy: expect.stringMatching(/Start the connector once/) as string });
});

test("entries that are set aside are listed and tried again", async () => {
  await play();
  const parked = { key: "test:1#0", partition: 1, detail: "", at: clock.now(), tries: 1, reason: "bug" };
  await write("parked/posts/1", parked);
  const listed = await shell.run("parked", "list", "--json");
  expect(JSON.parse(listed.out)).toMatchObject([{ key: "test:1#0", reason: "bug" }]);
  expect((await shell.run("parked", "retry", "--all")).out).toMatch(/within seconds/);
});

test("what was heard is shown, and a file is taken in", async () => {
  const file = `${shell.folder}/past.jsonl`;
  const author = { id: "7", handle: "anna", name: "Anna" };
  const post = {
    type: "posted",
    id: "1",
    kind: "review",
    text: "It never came",
    author,
    postedAt: "2026-03-01T08:00:00Z",
  };
  writeFileSync(file, JSON.stringify(post));
  const imported = await shell.run("import", file);
  expect({ code: imported.code, err: imported.err }).toEqual({ code: 0, err: "" });
  expect(imported.out).toMatch(/1 event .* They are handed on when the connector starts/);
  const mark = { cursor: "7", since: clock.now(), heardUntil: clock.now(), gaps: [] };
  await write("cursor/test:social.example/accounts/nordwind/notifications", mark);
  const heard = await shell.run("coverage");
  expect(heard.out).toMatch(/nordwind.*notifications/);
  expect(heard.out).toMatch(/No connector runs on this journal/);
});

test("a certificate reads the whole journal", async () => {
  const { code, out } = await shell.run("certificate", "webhook:shop/1");
  expect({ code, out }).toMatchObject({
    code: 1,
    out: expect.stringMatching(/No post of this key is known here/) as string,
  });
});
