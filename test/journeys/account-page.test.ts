import type { Page } from "playwright-core";
import { openBrowser, type OpenBrowser } from "../browser.ts";
import { openWorld, waitFor, type World } from "./world.ts";

const SHOWN_MS = 20_000;
const SENT = "We have moved you back to 12A.";

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

const inTimeline = (page: Page, text: string) =>
  page.locator("c-social-timeline c-social-post").filter({ hasText: text });

async function firstRow(soql: string) {
  return await waitFor(soql, async () => (await world.crmUser("rita").query(soql))[0]);
}

test("an Account, which may be a person, shows what its people say, and answers them", async () => {
  const rita = world.crmUser("rita");
  const [account] = await rita.query("SELECT Id FROM Account WHERE Name = 'Weber Logistik GmbH'");
  const [contact] = await rita.query(`SELECT Id FROM Contact WHERE AccountId = '${account?.Id ?? ""}'`);
  const linked = await world.person("lukas_weber");
  await linked.post("@nordwind why was my seat changed?");
  const named = await world.person("somebody_new");
  await named.post("@nordwind where do I find my invoice?");
  // A person, who names the Contact alone.
  const persona = await firstRow("SELECT Id FROM Social_Persona__c WHERE Handle__c LIKE 'somebody_new%'");
  await rita.update("Social_Persona__c", persona.Id, {
    Contact__c: contact?.Id,
    Identity__c: "Linked",
    Identity_Decided_By__c: "Rita Rep",
  });

  const page = await browser.newPage();
  page.setDefaultTimeout(SHOWN_MS);
  await page.goto(`${world.sandbox.orgUrl}/lightning/r/Account/${account?.Id ?? ""}/view?user=rita`);
  await inTimeline(page, "why was my seat changed?").waitFor();
  await inTimeline(page, "where do I find my invoice?").waitFor();
  await page.locator("c-social-persona-card").filter({ hasText: "somebody_new" }).waitFor();
  await page.locator("c-social-persona-card").filter({ hasText: "lukas_weber" }).waitFor();

  await inTimeline(page, "why was my seat changed?")
    .getByRole("button", { name: /^Answer/ })
    .click();
  await page.getByRole("textbox", { name: "Reply" }).fill(SENT);
  await page.getByRole("button", { name: "Send public reply" }).click();
  await inTimeline(page, SENT).getByText("Sent", { exact: true }).waitFor();
  await browser.screenshot(page, "account");
}, 120_000);
