import type { Page } from "playwright-core";
import { openBrowser, type OpenBrowser } from "../browser.ts";
import { openWorld, waitFor, type World } from "./world.ts";

const SHOWN_MS = 15_000;

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

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel("Say something").fill(text);
  await page.getByRole("button", { name: "Post", exact: true }).click();
}

test("the whole story by clicks: complaint, Case, answer, and the customer answers back", async () => {
  const customer = await openNetworkAs("Anna Berg");
  await say(customer, "@nordwind my bag never arrived in Oslo and nobody answers");

  const rep = await openConsole("rita");
  const line = rep.getByRole("link", { name: /my bag never arrived in Oslo/ });
  await line.waitFor();
  await browser.screenshot(rep, "1-inbox");
  await line.click();

  const said = rep.getByRole("article").filter({ hasText: "my bag never arrived in Oslo" });
  await said.waitFor();
  await rep.getByRole("link", { name: "Anna Berg" }).first().waitFor();
  await browser.screenshot(rep, "2-case");

  const answer = "We have found it, Anna: it comes with the evening flight.";
  await rep.getByRole("textbox", { name: /answer/i }).fill(answer);
  await rep.getByRole("button", { name: /^Send/ }).click();
  const sent = rep.getByRole("article").filter({ hasText: answer });
  await sent.waitFor();
  await sent.getByText(/^Sent/).waitFor();
  await browser.screenshot(rep, "3-sent");

  await customer.getByText(answer).waitFor();
  await browser.screenshot(customer, "4-network");
  const ours = customer.getByRole("article").filter({ hasText: answer });
  await ours.getByRole("button", { name: "Reply" }).click();
  await customer.getByRole("textbox", { name: /reply/i }).fill("@nordwind Thank you! Which flight is that?");
  await customer.getByRole("button", { name: /^(Reply|Send|Post reply)$/ }).last().click();

  await rep.getByRole("article").filter({ hasText: "Which flight is that?" }).waitFor();
  await rep.getByText(/new/i).first().waitFor();
  await browser.screenshot(rep, "5-grown");
  expect(await world.crmUser("rita").query("SELECT Id FROM Case WHERE Subject LIKE '%my bag never arrived%'")).toHaveLength(1);
}, 120_000);
