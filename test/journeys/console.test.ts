import type { Page } from "playwright-core";
import { openBrowser, type OpenBrowser } from "../browser.ts";
import { openWorld, type World } from "./world.ts";

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

async function openConsole(user: string, path = "/"): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(SHOWN_MS);
  await page.goto(`${world.sandbox.orgUrl}${path}?user=${user}`);
  return page;
}

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
