import axe from "axe-core";
import type { Page } from "playwright-core";
import { openBrowser, type OpenBrowser } from "../browser.ts";
import type { CrmRow } from "./crm-user.ts";
import { openConsoleAs, SHOWN_MS } from "./open-console.ts";
import { openWorld, waitFor, type World } from "./world.ts";

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

const openConsole = (user: string, path?: string): Promise<Page> =>
  openConsoleAs(browser, world.sandbox.orgUrl, { user, path });

async function openNetworkAs(name: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(SHOWN_MS);
  await page.goto(world.sandbox.networkUrl);
  await page.getByRole("button", { name }).first().click();
  return page;
}

/** An item of the timeline, by its words. */
const inTimeline = (page: Page, text: string) =>
  page.locator("c-social-timeline c-social-post").filter({ hasText: text });

test("the whole story by clicks: complaint, Case, answer, and the customer answers back", async () => {
  const customer = await openNetworkAs("Anna Berg");
  await customer.getByLabel("Say something").fill("@nordwind my bag never arrived in Oslo and nobody answers");
  await customer.getByRole("button", { name: "Post", exact: true }).click();

  const rep = await openConsole("rita");
  const line = rep.getByRole("link", { name: /my bag never arrived in Oslo/ });
  await line.waitFor();
  await browser.screenshot(rep, "1-inbox");
  await line.click();
  await inTimeline(rep, "my bag never arrived in Oslo").waitFor();
  await rep.getByRole("link", { name: "Anna Berg" }).first().waitFor();
  await browser.screenshot(rep, "2-case");

  const answer = "We have found it, Anna: it comes with the evening flight.";
  await rep.getByRole("textbox", { name: "Reply" }).fill(answer);
  await rep.getByRole("button", { name: "Send public reply" }).click();
  await inTimeline(rep, answer).getByText("Sent", { exact: true }).waitFor();
  await browser.screenshot(rep, "3-sent");

  const ours = customer.getByRole("article").filter({ hasText: answer });
  await ours.waitFor();
  await browser.screenshot(customer, "4-network");
  await ours.getByRole("button", { name: "Reply" }).click();
  const box = customer.getByRole("textbox").filter({ visible: true }).last();
  await box.fill("@nordwind Thank you! Which flight is that?");
  await box.press("Control+Enter");

  await inTimeline(rep, "Which flight is that?").waitFor();
  await inTimeline(rep, "Which flight is that?").getByText("New").waitFor();
  await browser.screenshot(rep, "5-grown");
  const soql = "SELECT Id FROM Case WHERE Subject LIKE '%my bag never arrived%'";
  expect(await world.crmUser("rita").query(soql)).toHaveLength(1);
}, 120_000);

test("what assistive technology needs is there, on the inbox and on a Case", async () => {
  const customer = await world.person("priya_n");
  await customer.post("@nordwind does the price include a bag?");
  const rep = await openConsole("rita");
  await rep.getByRole("link", { name: /does the price include a bag/ }).click();
  await inTimeline(rep, "does the price include a bag").waitFor();
  await rep.getByRole("textbox", { name: "Reply" }).waitFor();
  expect(await findBarriers(rep, ["c-social-timeline", "c-social-reply"])).toEqual([]);
  await rep.getByRole("link", { name: "Social Inbox" }).first().click();
  await rep.getByRole("link", { name: /does the price include a bag/ }).waitFor();
  expect(await findBarriers(rep, ["c-social-inbox"])).toEqual([]);
}, 60_000);

/** Rules of accessibility that these elements break. */
async function findBarriers(page: Page, elements: readonly string[]): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async (shown) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({ include: [...shown] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, elements);
}

test("on a Lead's page the sales rep sees what that lead says, and no box to answer in", async () => {
  const lead = await world.person("jp_moreau");
  await lead.post("@nordwind nous sommes 32, quel est le tarif de groupe pour juin ?");
  const [row] = await waitForRows(
    "SELECT Id, Lead__c FROM Social_Post__c WHERE Lead__c != null AND Persona__r.Handle__c = 'jp_moreau@nordwind.social'",
  );
  const sales = await openConsole("sam", `/lightning/r/Lead/${String(row?.["Lead__c"])}/view`);
  await inTimeline(sales, "quel est le tarif de groupe").waitFor();
  expect(await sales.locator("c-social-reply").count()).toBe(0);
  expect(await sales.getByRole("button", { name: /^Answer/ }).count()).toBe(0);
  await browser.screenshot(sales, "6-lead");
}, 60_000);

test("an answer that could not be sent says why, and one that is in doubt is decided by a click", async () => {
  const customer = await world.person("lukas_weber");
  const gone = await customer.post("@nordwind why was my seat changed?");
  const [asked] = await waitForRows(
    `SELECT Id, Case__c, Social_Account__c FROM Social_Post__c WHERE External_Key__c LIKE '%/${gone.id}' AND Case__c != null`,
  );
  await world.connector.stop();
  const queued = (text: string) =>
    world.crmUser("rita").create("Social_Reply__c", {
      Post__c: asked?.Id,
      Case__c: asked?.["Case__c"],
      Social_Account__c: asked?.["Social_Account__c"],
      Text__c: text,
      Status__c: "Queued",
    });
  const doubtful = await queued("The aircraft was changed.");
  const connector = world.crmUser("connector");
  await connector.update("Social_Reply__c", doubtful, { Status__c: "Sending" });
  await connector.update("Social_Reply__c", doubtful, {
    Status__c: "Checking",
    Status_Detail__c: "We could not learn it.",
  });
  await queued("We are sorry, Lukas.");
  await customer.remove(gone);

  const rep = await openConsole("rita", `/lightning/r/Case/${String(asked?.["Case__c"])}/view`);
  await rep.getByText("We do not know whether it was sent").waitFor();
  await browser.screenshot(rep, "7-checking");
  await rep.getByRole("button", { name: "It was sent" }).click();
  await world.connector.start();
  await rep.getByText("Not sent", { exact: true }).waitFor();
  await rep.getByRole("button", { name: "Retry" }).waitFor();
  await browser.screenshot(rep, "8-not-sent");
  await waitForRows(`SELECT Id FROM Social_Reply__c WHERE Id = '${doubtful}' AND Status__c = 'Sent'`);
}, 60_000);

test("where others answer, the rep's words stay in the box until the admin names the rep, too", async () => {
  const customer = await world.person("lukas_weber");
  const said = await customer.post("@nordwind is it true that you cancel the route to Bergen?");
  const [asked] = await waitForRows(
    `SELECT Id, Case__c, Social_Account__c FROM Social_Post__c WHERE External_Key__c LIKE '%/${said.id}' AND Case__c != null`,
  );
  const account = String(asked?.["Social_Account__c"]);
  const admin = world.crmUser("ada");
  await admin.update("Social_Account__c", account, { Publishers__c: "Standard User; microblog: PR Team" });

  const rep = await openConsole("rita", `/lightning/r/Case/${String(asked?.["Case__c"])}/view`);
  await inTimeline(rep, "the route to Bergen").waitFor();
  const box = rep.getByRole("textbox", { name: "Reply" });
  const answer = "The route stays, Lukas.";
  await box.fill(answer);
  await rep.getByRole("button", { name: "Send public reply" }).click();
  await rep.getByText("ask your admin to add your role or profile there").waitFor();
  expect(await box.inputValue()).toBe(answer);
  await browser.screenshot(rep, "9-others-answer");

  await admin.update("Social_Account__c", account, { Publishers__c: "Standard User" });
  await rep.getByRole("button", { name: "Send public reply" }).click();
  await inTimeline(rep, answer).getByText("Sent", { exact: true }).waitFor();
  await admin.update("Social_Account__c", account, { Publishers__c: null });
}, 60_000);

test("a rep closes the Case by clicks, and who has no permission is told what to ask for", async () => {
  const customer = await world.person("sofie_lund");
  await customer.post("@nordwind can I bring my dog on board?");
  const [found] = await waitForRows(
    "SELECT Id FROM Case WHERE Social_Persona__r.Handle__c = 'sofie_lund@nordwind.social'",
  );
  const path = `/lightning/r/Case/${String(found?.Id)}/view`;
  const stranger = await openConsole("nora", path);
  await stranger
    .getByText(/permission set/i)
    .first()
    .waitFor();
  expect(await stranger.getByText("can I bring my dog on board?").count()).toBe(await subjectCount(stranger));

  const rep = await openConsole("rita", path);
  await inTimeline(rep, "can I bring my dog").waitFor();
  await rep.getByRole("button", { name: "Close Case" }).click();
  await waitForRows(`SELECT Id FROM Case WHERE Id = '${String(found?.Id)}' AND IsClosed = true`);
}, 60_000);

/** The Case's own subject and description quote the public question; the timeline must not. */
const subjectCount = async (page: Page): Promise<number> =>
  (await page.getByText("can I bring my dog on board?").count()) -
  (await page.locator("c-social-timeline").getByText("can I bring my dog on board?").count());

const waitForRows = (soql: string): Promise<readonly CrmRow[]> =>
  waitFor(soql, async () => {
    const rows = await world.crmUser("ada").query(soql);
    return rows.length > 0 && rows;
  });
