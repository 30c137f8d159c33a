import type { Page } from "playwright-core";
import { openBrowser, type OpenBrowser } from "../browser.ts";
import type { CrmRow } from "./crm-user.ts";
import { earshot } from "./earshot.ts";
import { openConsoleAs } from "./open-console.ts";
import { openWorld, waitFor, type World } from "./world.ts";

let world: World;
let browser: OpenBrowser;

/** Earshot is a package with a namespace; that a reply waits is told by an event, and found by no sweep. */
beforeAll(async () => {
  let endpoint = "";
  world = await openWorld({
    console: true,
    namespace: "earshot",
    stopped: true,
    config: (config) => ({
      ...config,
      salesforce: { ...config.salesforce, sweepSeconds: 3600, events: { endpoint, insecure: true } },
    }),
  });
  ({ endpoint } = await world.sandbox.org.listenPubSub(0));
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const openConsole = (user: string, path?: string): Promise<Page> =>
  openConsoleAs(browser, world.sandbox.orgUrl, { user, path });

const rowsOf = (soql: string): Promise<readonly CrmRow[]> =>
  waitFor(soql, async () => {
    const rows = await world.crmUser("ada").query(soql);
    return rows.length > 0 && rows;
  });

/** An item of the timeline, by its words. */
const inTimeline = (page: Page, text: string) =>
  page.locator("earshot-social-timeline c-social-post").filter({ hasText: text });

test("a question becomes a Case, the rep answers and decides by clicks, and what is deleted is gone", async () => {
  const setup = await earshot(world.config, "setup");
  expect([setup.code, setup.out]).toEqual([0, expect.stringMatching(/✓ Default rules: \d+ were made\./)]);
  await world.connector.start();
  const customer = await world.person("anna");
  const said = await customer.post("@nordwind my bag never arrived in Oslo and nobody answers");

  const rep = await openConsole("rita");
  await rep.getByRole("link", { name: /my bag never arrived in Oslo/ }).click();
  await inTimeline(rep, "my bag never arrived in Oslo").waitFor();
  const answer = "We have found it, Anna: it comes with the evening flight.";
  await rep.getByRole("textbox", { name: "Reply" }).fill(answer);
  await rep.getByRole("button", { name: "Send public reply" }).click();
  await inTimeline(rep, answer).getByText("Sent", { exact: true }).waitFor();
  expect(await customer.answersTo(said)).toHaveLength(1);

  await rep
    .getByText(/Answered in|Answered/)
    .first()
    .waitFor();
  const card = rep.getByRole("article", { name: /^Who @anna/ });
  await card.getByRole("button", { name: "Not this person" }).click();
  await card.getByText("Nobody on record.").waitFor();
  await rowsOf("SELECT Id FROM Case WHERE Social_Persona__r.Identity_Decided_By__c = 'Rita Rep' AND ContactId = null");
  await browser.screenshot(rep, "namespaced-case");
  await customer.remove(said);
  const [gone] = await rowsOf(
    `SELECT Id, External_Key__c FROM Social_Post__c WHERE External_Key__c LIKE '%/${said.id}' AND Deleted_At__c != null AND Excerpt__c = null`,
  );
  const certificate = await earshot(world.config, "certificate", String(gone?.["External_Key__c"]));
  expect(certificate.out).toMatch(/CRM +earshot__Social_Post__c \w+ +nothing[^]*Gone everywhere/);
}, 120_000);

test("the doctor finds nothing bad, and names a namespace that is not the package's", async () => {
  const { code, out } = await earshot(world.config, "doctor");
  expect([code, out]).toEqual([0, expect.stringContaining("✓ Events: localhost")]);
  const { config } = world;
  const wrong = await earshot({ ...config, salesforce: { ...config.salesforce, namespace: "" } }, "doctor");
  expect([wrong.code, wrong.out]).toEqual([
    1,
    expect.stringContaining("has the namespace earshot: set salesforce.namespace"),
  ]);
}, 60_000);

test("a coordinator sees an account and changes a rule by the tabs, lists and forms of the package", async () => {
  const cora = await openConsole("cora");
  const tabs = cora.getByRole("navigation", { name: "App" });
  await tabs.getByRole("link", { name: "Social Accounts" }).click();
  await cora.getByRole("table").getByRole("link").first().click();
  await cora.locator("earshot-social-coverage").getByText("Connected").first().waitFor();

  await tabs.getByRole("link", { name: "Social Rules" }).click();
  await cora.getByRole("link", { name: "strong-words" }).click();
  await cora.getByRole("button", { name: "Edit", exact: true }).click();
  await cora.getByRole("combobox", { name: "Priority" }).selectOption("Low");
  await cora.getByRole("button", { name: "Save" }).click();
  await rowsOf("SELECT Id FROM Social_Rule__c WHERE External_Key__c = 'strong-words' AND Priority__c = 'Low'");
  await browser.screenshot(cora, "namespaced-rule");
}, 60_000);
