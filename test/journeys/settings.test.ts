import { defaultRows } from "../../connector/rules/default-rows.ts";
import { orderFaults } from "../contracts/crm/salesforce-place.ts";
import { earshot } from "./earshot.ts";
import { openWorld, waitFor, type World } from "./world.ts";

const STATES = "Name, State__c, State_Detail__c";
const RULES = "Social_Rule__c";
const LISTENERS = "Social_Listener__c";

/** The connector runs, and the org has the default rules as `earshot setup` brings them. */
async function openPreparedWorld(config: NonNullable<Parameters<typeof openWorld>[0]>["config"] = (same) => same) {
  const world = await openWorld({ config });
  expect((await earshot(world.config, "setup")).out).toContain("Default rules");
  await waitForState(world, RULES, "otherwise", "In use");
  return world;
}

async function waitForState(world: World, object: string, name: string, state: string) {
  const ask = `SELECT Id, ${STATES} FROM ${object} WHERE Name = '${name}'`;
  return await waitFor(`${name} to be ${state}`, async () => {
    const [row] = await world.crmUser("cora").query(ask);
    return row?.["State__c"] === state ? row : undefined;
  });
}

async function waitForCase(world: World, text: string) {
  return await waitFor(`the Case of ${text}`, async () => {
    const posts = await world
      .crmUser("ada")
      .query("SELECT Text__c, Triage_Reason__c, Case__r.Id, Case__r.Priority, Case__r.Owner.Name FROM Social_Post__c");
    const post = posts.find((row) => String(row["Text__c"]).includes(text));
    return post?.["Case__r"] == null ? undefined : post;
  });
}

async function statusOf(world: World, part: string): Promise<string | undefined> {
  const { parts } = (await (await fetch(`${world.connector.url}/health`)).json()) as {
    parts: Record<string, { detail: string }>;
  };
  return parts[part]?.detail;
}

test("the next post follows a rule that a coordinator has changed, and Cases that are there stay as they are", async () => {
  await using world = await openPreparedWorld();
  const [cora, anna] = [world.crmUser("cora"), await world.person("anna")];
  await anna.post("@nordwind where is my bag?");
  const before = await waitForCase(world, "my bag");
  expect(before).toMatchObject({ Triage_Reason__c: "question: It asks.", Case__r: { Priority: "Medium" } });

  const rule = { Name: "ski-gear", Order__c: 55, Condition__c: 'text.says(["ski", "skis"])', Priority__c: "High" };
  const id = await cora.create(RULES, { ...rule, Active__c: true, Reason__c: "Skis are dear" });
  await waitForState(world, RULES, "ski-gear", "In use");
  const ben = await world.person("ben");
  await ben.post("@nordwind where are my skis?");
  const after = await waitForCase(world, "my skis");
  expect(after).toMatchObject({ Triage_Reason__c: "question: It asks. Skis are dear.", Case__r: { Priority: "High" } });
  expect(await waitForCase(world, "my bag")).toEqual(before);

  await cora.remove(RULES, id);
  await waitFor("the rule to be gone", async () =>
    (await statusOf(world, "rules"))?.startsWith(`${defaultRows.length} in use`),
  );
  const carl = await world.person("carl");
  await carl.post("@nordwind and where are our skis?");
  expect(await waitForCase(world, "our skis")).toMatchObject({ Case__r: { Priority: "Medium" } });
});

test("a broken rule says so on itself, and changes nothing: not now, not at the next start", async () => {
  await using world = await openPreparedWorld();
  const cora = world.crmUser("cora");
  const rows = await cora.query(`SELECT Id, Name FROM ${RULES} WHERE Name IN ('question', 'high-priority')`);
  const idOf = (name: string) => rows.find((row) => row["Name"] === name)?.Id ?? "";
  const former = await statusOf(world, "rules");
  await cora.update(RULES, idOf("high-priority"), { Response_Minutes__c: 7 });
  await waitFor("another set", async () => (await statusOf(world, "rules")) !== former);
  await cora.update(RULES, idOf("question"), { Condition__c: 'intent = "question"' });
  const broken = await waitForState(world, RULES, "question", "Broken");
  expect(broken["State_Detail__c"]).toMatch(/Two equals signs compare.*rules that were in use before stay in use/s);
  expect(await waitForState(world, RULES, "high-priority", "In use")).toBeDefined();
  expect(await statusOf(world, "rules")).toMatch(/^"question" broken/);
  expect((await earshot(world.config, "doctor")).out).toMatch(/\? Rule question: .*Two equals signs/);

  await world.connector.stop();
  await world.connector.start();
  const anna = await world.person("anna");
  await anna.post("@nordwind where is my bag?");
  expect(await waitForCase(world, "my bag")).toMatchObject({ Triage_Reason__c: "question: It asks." });

  await cora.update(RULES, idOf("question"), { Condition__c: 'intent == "question"' });
  expect((await waitForState(world, RULES, "question", "In use"))["State_Detail__c"]).toBeNull();
});

test("a listener's word is heard after the change, but not what it excludes; nothing said to us is missed meanwhile", async () => {
  await using world = await openPreparedWorld((config) => ({
    ...config,
    accounts: config.accounts.map((account) => ({ ...account, words: [] })),
  }));
  const [cora, anna] = [world.crmUser("cora"), await world.person("anna")];
  const listener = { Name: "Rival", Active__c: true, Words__c: "südwind", Excluded_Words__c: "surfing" };
  await cora.create(LISTENERS, listener);
  await waitForState(world, LISTENERS, "Rival", "In use");
  await waitFor("its feed", async () => {
    const state = await statusOf(world, `mastodon ${world.sandbox.networkUrl} EARSHOT_MASTODON_TOKEN (words)`);
    return state !== undefined;
  });
  const heard = await world.person("ben");
  await heard.post("Today Südwind lost my bag again, what a mess");
  await heard.post("Surfing with südwind is great");
  await anna.post("@nordwind where is my bag?");
  await waitForCase(world, "my bag");
  await waitFor("the word to be heard", async () => {
    const metrics = await (await fetch(`${world.connector.url.replace("/health", "")}/metrics`)).text();
    return /^earshot_posts_unwanted_total\{.*\} 1$/m.test(metrics) && /outcome="ignored"\} 1$/m.test(metrics);
  });

  await cora.create(LISTENERS, { Name: "Odd", Active__c: true, Words__c: "x" });
  const broken = await waitForState(world, LISTENERS, "Odd", "Broken");
  expect(broken["State_Detail__c"]).toMatch(/one letter only/);
  expect(await waitForState(world, LISTENERS, "Rival", "In use")).toBeDefined();
});

test("as long as nobody can read the rules, posts wait, and answers leave all the same", async () => {
  await using world = await openWorld();
  const [rita, anna] = [world.crmUser("rita"), await world.person("anna")];
  await anna.post("@nordwind where is my bag?");
  await waitForCase(world, "my bag");
  await world.connector.stop();
  const [post] = await rita.query("SELECT Id, Case__c, Social_Account__c FROM Social_Post__c WHERE Case__c != null");
  const reply = await rita.create("Social_Reply__c", {
    ...{ Post__c: post?.Id, Case__c: post?.["Case__c"], Social_Account__c: post?.["Social_Account__c"] },
    ...{ Text__c: "It comes tonight.", Route__c: "Public reply", Status__c: "Queued" },
  });
  await anna.post("@nordwind is there any news of my skis?");
  await orderFaults(world.sandbox.orgUrl, [{ match: { body: "Excluded_Words__c" }, times: 10_000, act: "503" }]);
  const started = world.connector.start();
  await waitFor("the answer to be sent", async () => {
    const [row] = await rita.query(`SELECT Id, Status__c FROM Social_Reply__c WHERE Id = '${reply}'`);
    return row?.["Status__c"] === "Sent";
  });
  expect(await rita.query("SELECT Id FROM Social_Post__c WHERE Direction__c = 'Inbound'")).toHaveLength(1);
  await fetch(`${world.sandbox.orgUrl}/sandbox/faults`, { method: "DELETE" });
  await started;
  await waitForCase(world, "my skis");
});
