import axe from "axe-core";
import type { Page } from "playwright-core";
import { openBrowser, type OpenBrowser } from "../browser.ts";
import type { CrmRow } from "./crm-user.ts";
import { openWorld, waitFor, type World } from "./world.ts";

const SHOWN_MS = 20_000;

let world: World;
let browser: OpenBrowser;

beforeAll(async () => {
  world = await openWorld({ console: true });
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

async function openConsole(path: string, width = 1400): Promise<Page> {
  const page = await browser.newPage({ width });
  page.setDefaultTimeout(SHOWN_MS);
  await page.goto(`${world.sandbox.orgUrl}${path}?user=rita`);
  return page;
}

const waitForRow = (soql: string): Promise<CrmRow> =>
  waitFor(soql, async () => {
    const [row] = await world.crmUser("ada").query(soql);
    return row ?? false;
  });

/** Rules of accessibility that these elements break. */
async function findBarriers(page: Page, elements: readonly string[]): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async (shown) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({ include: [...shown] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, elements);
}

const waitForPost = (id: string): Promise<CrmRow> =>
  waitForRow(`SELECT Id FROM Social_Post__c WHERE External_Key__c LIKE '%/${id}'`);

const caseOf = async (handle: string): Promise<string> =>
  (await waitForRow(`SELECT Id FROM Case WHERE Social_Persona__r.Handle__c = '${handle}@nordwind.social'`)).Id;

test("who a persona is, is refused, chosen anew and undone by clicks and by keys, and the Case's Contact goes along", async () => {
  const customer = await world.person("anna");
  await customer.post("@nordwind my seat was given to somebody else, why?");
  const id = await caseOf("anna");
  const rep = await openConsole(`/lightning/r/Case/${id}/view`);
  const card = rep.getByRole("article", { name: /^Who @anna/ });
  await card.getByRole("link", { name: "Anna Berg" }).waitFor();
  await rep.getByText(/Answer due in/).waitFor();
  await browser.screenshot(rep, "d1-case");
  expect(await findBarriers(rep, ["c-social-identity", "c-social-clock", "c-social-timeline"])).toEqual([]);

  await card.getByRole("button", { name: "Not this person" }).click();
  await card.getByText("Nobody on record.").waitFor();
  await waitForRow(`SELECT Id FROM Case WHERE Id = '${id}' AND ContactId = null`);
  await card.getByText("Decided by Rita Rep").waitFor();
  await waitForRow(`SELECT Id FROM Social_Post__c WHERE Case__c = '${id}' AND Contact__c = null`);

  await card.getByRole("button", { name: "Choose a person" }).focus();
  await rep.keyboard.press("Enter");
  await rep.keyboard.type("weber");
  await rep.getByRole("button", { name: /Lukas Weber/ }).waitFor();
  await browser.screenshot(rep, "d2-choose");
  expect(await findBarriers(rep, ["c-social-identity"])).toEqual([]);
  await rep.keyboard.press("Tab");
  await rep.keyboard.press("Enter");
  await card.getByRole("link", { name: "Lukas Weber" }).waitFor();
  await waitForRow(`SELECT Id FROM Case WHERE Id = '${id}' AND Contact.Name = 'Lukas Weber'`);
  await waitForRow(`SELECT Id FROM Social_Post__c WHERE Case__c = '${id}' AND Contact__r.Name = 'Lukas Weber'`);

  await card.getByRole("button", { name: "Undo" }).click();
  await card.getByText("Nobody on record.").waitFor();
  await waitForRow(`SELECT Id FROM Case WHERE Id = '${id}' AND ContactId = null`);
  await rep.setViewportSize({ width: 480, height: 1600 });
  expect(await findBarriers(rep, ["c-social-identity", "c-social-clock", "c-social-timeline"])).toEqual([]);
  await browser.screenshot(rep, "d3-undone");
}, 120_000);

test("a label is corrected on the post, signed, and everybody sees by whom", async () => {
  const customer = await world.person("lukas_weber");
  await customer.post("@nordwind is breakfast included on the early flight?");
  const rep = await openConsole(`/lightning/r/Case/${await caseOf("lukas_weber")}/view`);
  const post = rep.locator("c-social-timeline c-social-post").filter({ hasText: "is breakfast included" });
  await post.getByRole("button", { name: /^Correct the labels/ }).click();
  await post.getByLabel("Sentiment").selectOption("mixed");
  await post.getByLabel("Topics").fill("food, early flights");
  await browser.screenshot(rep, "d4-labels");
  expect(await findBarriers(rep, ["c-social-timeline"])).toEqual([]);
  await post.getByRole("button", { name: "Save" }).click();
  await post.getByText("corrected by Rita Rep").waitFor();
  await post.getByText("early flights").waitFor();
  await waitForRow(
    "SELECT Id FROM Social_Post__c WHERE Sentiment__c = 'mixed' AND Topics__c = 'food;early flights' AND Intent__c = 'question'",
  );
}, 60_000);

test("a post without a Case becomes one that the customer's next words join; another one is dismissed; both are undone", async () => {
  const customer = await world.person("carmen_ruiz");
  const said = await customer.post("@nordwind thank you, lovely crew!");
  await waitForRow(`SELECT Id FROM Social_Post__c WHERE External_Key__c LIKE '%/${said.id}' AND Case__c = null`);
  const rep = await openConsole("/");
  await rep.getByRole("button", { name: "Posts without a Case" }).click();
  await rep.getByLabel("Also posts that need no answer").check();
  const row = rep.locator("c-social-loose-posts article").filter({ hasText: "lovely crew" });
  await row.getByRole("button", { name: "Make a Case" }).click();
  await row.getByText("Case made").waitFor();
  await browser.screenshot(rep, "d5-posts");
  expect(await findBarriers(rep, ["c-social-inbox"])).toEqual([]);
  const made = await waitForRow(
    "SELECT Id FROM Case WHERE Subject LIKE '%lovely crew%' AND Social_Conversation_Key__c != null AND Contact.Name = 'Carmen Ruiz Ortega'",
  );
  const next = await customer.post("@nordwind one more thing: where do I find my invoice?", { replyTo: said });
  await waitForRow(
    `SELECT Id FROM Social_Post__c WHERE External_Key__c LIKE '%/${next.id}' AND Case__c = '${made.Id}'`,
  );
  expect(
    await world
      .crmUser("ada")
      .query(`SELECT Id FROM Case WHERE Contact.Name = 'Carmen Ruiz Ortega' AND Origin = 'Social'`),
  ).toHaveLength(1);

  await row.getByRole("button", { name: "Undo" }).click();
  await row.getByRole("button", { name: "Make a Case" }).waitFor();
  await waitForRow(`SELECT Id FROM Social_Post__c WHERE External_Key__c LIKE '%/${said.id}' AND Case__c = null`);

  await rep.getByText(/The Case itself stays/).waitFor();
  await world.crmUser("rita").update("Social_Post__c", (await waitForPost(next.id)).Id, { Case__c: null });
  const waiting = rep.locator("c-social-loose-posts article").filter({ hasText: "where do I find my invoice" });
  await rep.getByLabel("Also posts that need no answer").uncheck();
  await waiting.getByRole("button", { name: "No answer needed" }).click();
  await waitForRow(
    `SELECT Id FROM Social_Post__c WHERE External_Key__c LIKE '%/${next.id}' AND Needs_Response__c = false`,
  );
  await waiting.getByRole("button", { name: "Undo" }).click();
  await waiting.getByRole("button", { name: "No answer needed" }).waitFor();
  await waitForRow(
    `SELECT Id FROM Social_Post__c WHERE External_Key__c LIKE '%/${next.id}' AND Needs_Response__c = true`,
  );
}, 120_000);

test("an account that is not heard is told of in the inbox, and its page says why and what was missed", async () => {
  await world.connector.stop();
  const [account] = await world.crmUser("ada").query("SELECT Id FROM Social_Account__c");
  const gap = { feed: "stream", cause: "token refused", detail: "The network answered 401.", brought: 0 };
  await world.crmUser("connector").update("Social_Account__c", String(account?.Id), {
    Health__c: "Disconnected",
    Health_Detail__c: "The token was refused. Make a new one in the network's settings and restart the connector.",
    Open_Gaps__c: 1,
    Coverage__c: JSON.stringify([
      { ...gap, from: "2026-11-22T10:00:00.000Z" },
      {
        ...gap,
        cause: "stream dropped",
        from: "2026-11-21T10:00:00.000Z",
        to: "2026-11-21T10:12:00.000Z",
        closedAt: "2026-11-21T10:20:00.000Z",
        brought: 7,
      },
    ]),
  });
  const rep = await openConsole("/", 700);
  await rep.getByText(/We do not hear @nordwind/).waitFor();
  await browser.screenshot(rep, "d6-banner");
  expect(await findBarriers(rep, ["c-social-inbox"])).toEqual([]);
  await rep.getByRole("button", { name: "Open account" }).click();
  await rep.getByText("The network refused our token").waitFor();
  await rep.getByText("Brought in later: 7").waitFor();
  await browser.screenshot(rep, "d7-account");
  expect(await findBarriers(rep, ["c-social-coverage"])).toEqual([]);
}, 60_000);
