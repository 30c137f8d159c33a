import { systemClock } from "../../connector/clock.ts";
import type { Certificate } from "../../connector/commands/certificate/certificate.ts";
import type { Finding } from "../../connector/crm/crm.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";
import type { CrmRow, CrmUser } from "./crm-user.ts";
import { earshot as run, type Ended } from "./earshot.ts";
import { openWorld, waitFor, type World } from "./world.ts";

let world: World;
let rita: CrmUser;

beforeAll(async () => {
  world = await openWorld();
  rita = world.crmUser("rita");
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());

const earshot = (...args: readonly string[]): Promise<Ended> => run(world.config, ...args);

async function certify(post: string): Promise<Certificate & { readonly code: number }> {
  const { code, out } = await earshot("certificate", post, "--json");
  return { code, ...(JSON.parse(out) as Certificate) };
}

async function examine(): Promise<{ readonly code: number; readonly findings: readonly Finding[] }> {
  const { code, out } = await earshot("doctor", "--json");
  return { code, findings: (JSON.parse(out) as { findings: readonly Finding[] }).findings };
}

test("a deleted post is certified as gone from journal, Case, draft, Task and network, by its key and by its address", async () => {
  const anna = await world.person("anna");
  const post = await anna.post("@nordwind my password is hunter2, why can't I log in?");
  const row = await waitFor("the post on its Case", async (): Promise<CrmRow | undefined> => {
    const posts = await rita.query(
      "SELECT Id, External_Key__c, Case__c, Social_Account__c FROM Social_Post__c WHERE Persona__r.Handle__c LIKE 'anna@%' AND Case__c != null",
    );
    return posts[0];
  });
  const key = String(row["External_Key__c"]);
  await rita.create("Social_Reply__c", {
    Post__c: row.Id,
    Case__c: row["Case__c"],
    Social_Account__c: row["Social_Account__c"],
    Text__c: '"my password is hunter2, why can\'t I log in?" - please change it at once',
    Route__c: "Public reply",
    Status__c: "Draft",
  });
  const before = await certify(key);
  expect(before).toMatchObject({ code: 1, outcome: "stands" });
  expect(before).not.toHaveProperty("goneAt");
  const rooms = before.places.filter(({ holds }) => holds === "words").map(({ room }) => room);
  expect(new Set(rooms)).toEqual(new Set(["journal", "CRM", "network"]));

  await anna.remove(post);
  const proof = await waitFor("the certificate", async () => {
    const now = await certify(key);
    return now.code === 0 && now;
  });
  expect(proof.verdict).toMatch(/^Gone everywhere; backups until \d{4}-\d\d-\d\d$/);
  expect(proof.places.filter(({ room }) => room === "CRM").length).toBeGreaterThan(2);
  expect(JSON.stringify(proof)).not.toMatch(/hunter2|password/);
  const byAddress = await earshot("certificate", post.url);
  expect(byAddress.code).toBe(0);
  expect(byAddress.out).toContain(key);
});

test("the doctor finds nothing bad where the connector runs, and says so where it does not", async () => {
  const { code, findings } = await examine();
  expect(findings.filter(({ state }) => state === "bad")).toEqual([]);
  expect(code).toBe(0);
  expect(findings.map(({ what }) => what)).toEqual(
    expect.arrayContaining(["Org", "Earshot package", "Permission sets"]),
  );

  await world.connector.stop();
  const still = await examine();
  expect(still.findings.find(({ what }) => what === "Connector")).toMatchObject({ state: "doubtful" });
  await world.connector.start();
});

test("a parked entry is tried again within seconds when asked for, and can be given up", async () => {
  await using journal = await openSqliteJournal({ file: world.config.journal, clock: systemClock, visitor: true });
  await journal.append("posts", [{ key: "broken#0", partition: 3, value: "This is no event." }]);
  const list = async () =>
    JSON.parse((await earshot("parked", "list", "--json")).out) as { seq: number; tries: number }[];
  const parked = await waitFor("the entry to be parked", async () => (await list())[0]);

  expect((await earshot("parked", "retry", "--all")).out).toMatch(/1 entry will be tried within seconds/);
  await waitFor("another try", async () => ((await list())[0]?.tries ?? 0) > parked.tries);

  expect((await earshot("parked", "drop", String(parked.seq), "--yes")).code).toBe(0);
  expect(await list()).toEqual([]);
  await waitFor("the connector to notice", async () => {
    const metrics = await (await fetch(`${world.connector.url}/metrics`)).text();
    return /^earshot_parked\{log="posts"\} 0$/m.test(metrics);
  });
});

test("coverage is shown beside the running connector", async () => {
  const { code, out } = await earshot("coverage");
  expect(code).toBe(0);
  expect(out).toMatch(/^mastodon:\S+ +notifications +\d{4}-/m);
});
