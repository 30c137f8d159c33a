import type { Page } from "playwright-core";
import { openBrowser, type OpenBrowser } from "../browser.ts";
import { findId, findUserId, type CrmRow } from "./crm-user.ts";
import { earshot } from "./earshot.ts";
import { openWorld, waitFor, type World } from "./world.ts";

const SHOWN_MS = 20_000;
const SECRET = "QX7PLM";

let world: World;
let browser: OpenBrowser;

beforeAll(async () => {
  world = await openWorld({ console: true });
  browser = await openBrowser();
  // Nora answers in public only.
  await give("nora", "Social_Rep");
}, 240_000);
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** An administrator hands out a permission set. */
async function give(user: string, set: string): Promise<void> {
  const ada = world.crmUser("ada");
  const PermissionSetId = await findId(ada, `SELECT Id FROM PermissionSet WHERE Name = '${set}'`);
  await ada.create("PermissionSetAssignment", { AssigneeId: await findUserId(ada, user), PermissionSetId });
}

const rowOf = (soql: string): Promise<CrmRow> =>
  waitFor(soql, async () => (await world.crmUser("ada").query(soql))[0] ?? false);

interface Desk {
  readonly page: Page;
  /** Every answer that this user's page has got so far, as text. */
  readonly heard: () => Promise<readonly string[]>;
}

/** Somebody at the console, with all that comes over their wire. */
async function openDesk(user: string, path = "/"): Promise<Desk> {
  const page = await browser.newPage();
  page.setDefaultTimeout(SHOWN_MS);
  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    const status = response.status();
    // Redirects, and what the browser has kept, have no body.
    if (status >= 300 && status < 400) return;
    bodies.push(response.text().catch(() => ""));
  });
  await page.goto(`${world.sandbox.orgUrl}${path}?user=${user}`);
  return { page, heard: () => Promise.all(bodies) };
}

const inTimeline = (page: Page, text: string) =>
  page.locator("c-social-timeline c-social-post").filter({ hasText: text });

/** Neither in what the page shows and holds, nor in anything it was sent. */
async function expectNoSecret({ page, heard }: Desk): Promise<void> {
  expect(await page.content()).not.toContain(SECRET);
  const answers = await heard();
  expect(answers.some((body) => body.includes("Social_Post__c"))).toBe(true);
  expect(answers.filter((body) => body.includes(SECRET))).toEqual([]);
}

test("Social Rep: from the inbox to the Case, and a public answer that is sent", async () => {
  const customer = await world.person("anna");
  await customer.post("@nordwind where is my blue suitcase?");
  const { page } = await openDesk("nora");
  await page.getByRole("link", { name: /where is my blue suitcase/ }).click();
  await inTimeline(page, "where is my blue suitcase").waitFor();
  const answer = "It comes with the evening flight.";
  await page.getByRole("textbox", { name: "Reply" }).fill(answer);
  await page.getByRole("button", { name: "Send public reply" }).click();
  await inTimeline(page, answer).getByText("Sent", { exact: true }).waitFor();
  await browser.screenshot(page, "permissions-rep");
}, 120_000);

/** Carla writes in public, then in private: one Case holds both. */
async function writePrivately(): Promise<CrmRow> {
  const carla = await world.person("carla");
  await carla.post("@nordwind can you look at my booking?");
  await rowOf("SELECT Id FROM Social_Post__c WHERE Persona__r.Handle__c LIKE 'carla@%' AND Case__c != null");
  await carla.post(`@nordwind it is ${SECRET}, the card ends in 4242`, { visibility: "direct" });
  return await rowOf(
    "SELECT Id, Case__c FROM Social_Post__c WHERE Persona__r.Handle__c LIKE 'carla@%'" +
      " AND Visibility__c = 'private' AND Case__c != null",
  );
}

test("Social Private Messages: reads a private message and answers it; all others see only that there is one", async () => {
  const post = await writePrivately();
  const path = `/lightning/r/Case/${String(post["Case__c"])}/view`;

  const blind = await openDesk("nora", path);
  await inTimeline(blind.page, "can you look at my booking").waitFor();
  await inTimeline(blind.page, "Social Private Messages").waitFor();
  await browser.screenshot(blind.page, "permissions-private-hidden");
  await expectNoSecret(blind);

  const reader = await openDesk("rita", path);
  const { page } = reader;
  await inTimeline(page, SECRET)
    .getByRole("button", { name: /^Answer/ })
    .click();
  const answer = `We have found ${SECRET}.`;
  await page.getByRole("textbox", { name: "Reply" }).fill(answer);
  await page.getByRole("button", { name: /^Send private/ }).click();
  await inTimeline(page, answer).getByText("Sent", { exact: true }).waitFor();
  await browser.screenshot(page, "permissions-private");
  expect((await reader.heard()).filter((body) => body.includes(SECRET))).not.toEqual([]);
  await search(page, SECRET);
  await page.getByRole("region", { name: "Social Posts", exact: true }).getByRole("link").first().click();
  await page.getByLabel("Details").getByText(SECRET).first().waitFor();
  const toReader = new Set(leaksOf(await askApi("rita", post.Id)));
  expect([...toReader]).toEqual(expect.arrayContaining(["query", "graphql", "parameterizedSearch", "search"]));

  await waitForHalves(blind.page);
  await expectNoSecret(blind);
  for (const user of ["nora", "sam", "cora"]) await lookEverywhere(user, post);
}, 120_000);

/** Those who may not read it see our private answer, too: as one that is there. */
async function waitForHalves(page: Page): Promise<void> {
  const hidden = inTimeline(page, "Social Private Messages");
  await waitFor("the private answer", async () => (await hidden.count()) > 1);
}

/** By the box on top; shown is what was found, or that it was nothing. */
async function search(page: Page, term: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill(term);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Results for" }).waitFor();
}

/** Whose search for a word of the public message finds it, and for one of the private message nothing. */
async function searchInVain({ page }: Desk): Promise<void> {
  await search(page, "booking");
  await page.getByRole("region", { name: "Social Posts", exact: true }).getByRole("row").first().waitFor();
  await search(page, SECRET);
  await page.getByText("You find only what you may see").waitFor();
  await browser.screenshot(page, "permissions-search-nothing");
}

/** The inbox, the lists and the records by clicks, then every way to ask the API. */
async function lookEverywhere(user: string, post: CrmRow): Promise<void> {
  const desk = await openDesk(user);
  for (const tab of ["Social Posts", "Social Replies", "Social Inbox"]) {
    await desk.page.getByRole("navigation", { name: "App" }).getByRole("link", { name: tab }).click();
    await desk.page.getByText("carla", { exact: false }).or(desk.page.getByRole("table")).first().waitFor();
  }
  await desk.page.goto(`${world.sandbox.orgUrl}/lightning/r/Social_Post__c/${post.Id}/view`);
  await desk.page.getByLabel("Details").getByText("private").first().waitFor();
  await expectNoSecret(desk);
  await searchInVain(desk);
  expect((await desk.heard()).filter((body) => body.includes(`${SECRET},`))).toEqual([]);
  expect(leaksOf(await askApi(user, post.Id))).toEqual([]);
}

interface Told {
  readonly path: string;
  readonly text: string;
}

/** Every way that the API has to give the words of a private message away. */
async function askApi(user: string, id: string): Promise<readonly Told[]> {
  const token = world.sandbox.org.tokenFor(`${user}@nordwind.example`);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const soql = (text: string) => `query?q=${encodeURIComponent(text)}`;
  const field = "Social_Post__c.Private_Text__c";
  const start = SECRET.slice(0, 3);
  const graphql = (inside: string) => ({
    query: `query { uiapi { query { Social_Post__c(first: 50${inside}) { edges { node { Id Private_Text__c @optional { value } Text__c { value } } } } } } }`,
  });
  const asked: readonly (readonly [path: string, body?: unknown])[] = [
    [soql("SELECT Id, Private_Text__c FROM Social_Post__c")],
    [soql("SELECT Id, Private_Text__c FROM Social_Reply__c")],
    [soql("SELECT FIELDS(ALL) FROM Social_Post__c LIMIT 200")],
    [soql(`SELECT Id FROM Social_Post__c WHERE Private_Text__c LIKE '%${start}%'`)],
    [soql("SELECT Id, (SELECT Id, Private_Text__c FROM Social_Replies__r) FROM Case")],
    [`sobjects/Social_Post__c/${id}`],
    ["sobjects/Social_Post__c/describe"],
    [`ui-api/records/${id}?fields=${field}`],
    [`ui-api/records/${id}?optionalFields=${field},Social_Post__c.Text__c,Social_Post__c.Excerpt__c`],
    ["graphql", graphql("")],
    ["graphql", graphql(`, where: { Private_Text__c: { like: "%${start}%" } }`)],
    [`parameterizedSearch?q=${SECRET}`],
    [`parameterizedSearch?q=${start}&sobject=Social_Post__c`],
    [`search?q=${encodeURIComponent(`FIND {${SECRET}} IN ALL FIELDS`)}`],
    [`search?q=${encodeURIComponent(`FIND {${start}*} RETURNING Social_Post__c, Social_Reply__c, Case, Task`)}`],
  ];
  return await Promise.all(
    asked.map(async ([path, body]) => {
      const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      const answer = await fetch(`${world.sandbox.orgUrl}/services/data/v66.0/${path}`, { headers, ...sent });
      return { path, text: await answer.text() };
    }),
  );
}

/** Answers that hold the words, or rows that were found by them, which tells as much. */
const leaksOf = (told: readonly Told[]): readonly string[] =>
  told
    .filter(({ text }) => text.includes(SECRET) || /"searchRecords":\[\{/.test(text))
    .map(({ path }) => path.split("?")[0] ?? "");

test("Social Sales: a Lead's page shows what the lead says in public, and nothing to answer with", async () => {
  const lead = await world.person("jp_moreau");
  await lead.post("@nordwind quel est le tarif de groupe pour juin ?");
  await lead.post(`@nordwind notre code est ${SECRET}`, { visibility: "direct" });
  const row = await rowOf(
    "SELECT Id, Lead__c FROM Social_Post__c WHERE Lead__c != null AND Visibility__c = 'private'" +
      " AND Persona__r.Handle__c LIKE 'jp_moreau@%'",
  );
  const desk = await openDesk("sam", "/lightning/o/Lead/list");
  const { page } = desk;
  await page.getByRole("link", { name: /Moreau/ }).click();
  await inTimeline(page, "quel est le tarif de groupe").waitFor();
  await inTimeline(page, "Social Private Messages").waitFor();
  expect(page.url()).toContain(String(row["Lead__c"]));
  expect(await page.getByRole("textbox", { name: "Reply" }).count()).toBe(0);
  expect(await page.getByRole("button", { name: /^(Answer|Send)/ }).count()).toBe(0);
  await browser.screenshot(page, "permissions-sales");
  await expectNoSecret(desk);
}, 120_000);

test("Social Coordinator: changes a listener and a rule by clicks, and sees accounts with what was heard", async () => {
  const cora = world.crmUser("cora");
  await earshot(world.config, "setup");
  await cora.create("Social_Listener__c", { Name: "Our name", Active__c: true, Words__c: "nordwind" });
  const rule = { Name: "lost-bag", Order__c: 15, Condition__c: 'text.says(["bag"])', Active__c: true };
  await cora.create("Social_Rule__c", { ...rule, Response__c: "Needed" });
  const { page } = await openDesk("cora");
  const tabs = page.getByRole("navigation", { name: "App" });

  await tabs.getByRole("link", { name: "Social Listeners" }).click();
  await page.getByRole("link", { name: "Our name" }).click();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("textbox", { name: "Words", exact: true }).fill("nordwind\nnordwind airlines");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByLabel("Details").getByText("nordwind airlines").waitFor();

  await tabs.getByRole("link", { name: "Social Rules" }).click();
  await page.getByRole("link", { name: "lost-bag" }).click();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("combobox", { name: "Priority" }).selectOption("High");
  await page.getByRole("button", { name: "Save" }).click();
  await rowOf("SELECT Id FROM Social_Rule__c WHERE Name = 'lost-bag' AND Priority__c = 'High' AND State__c = 'In use'");
  await page.getByLabel("Details").getByText("In use").waitFor();
  await browser.screenshot(page, "permissions-coordinator-rule");

  await tabs.getByRole("link", { name: "Social Accounts" }).click();
  await page.getByRole("table").getByRole("link").first().click();
  await page.locator("c-social-coverage").getByText("Connected").first().waitFor();
  await browser.screenshot(page, "permissions-coordinator-account");
}, 120_000);
