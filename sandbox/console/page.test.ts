import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { openBrowser, type OpenBrowser } from "../../test/browser.ts";
import { openExampleOrg, type ExampleOrg } from "../../test/example-org.ts";
import { buildConsole, consoleApp } from "./index.ts";

const FORCE_APP = "force-app/main/default";

const property = (name: string, value: string): string =>
  `<componentInstanceProperties><name>${name}</name><value>${value}</value></componentInstanceProperties>`;
const component = (name: string, properties = ""): string =>
  `<itemInstances><componentInstance>${properties}<componentName>${name}</componentName></componentInstance></itemInstances>`;
const region = (name: string, type: string, items: string): string =>
  `<flexiPageRegions>${items}<name>${name}</name><type>${type}</type></flexiPageRegions>`;
const tab = (title: string, facet: string): string =>
  component("flexipage:tab", property("title", title) + property("body", facet));

const TABBED_PAGE = `<FlexiPage>
  ${region("details", "Facet", component("flexipage:fieldSection", property("columns", "columns")))}
  ${region("columns", "Facet", component("flexipage:column", property("body", "fields")))}
  ${region("fields", "Facet", "<itemInstances><fieldInstance><fieldItem>Record.Description</fieldItem></fieldInstance></itemInstances><itemInstances><fieldInstance><fieldItem>Record.Subject</fieldItem></fieldInstance></itemInstances>")}
  ${region("elsewhere", "Facet", component("sfdc:unheardOf"))}
  ${region("tabs", "Facet", tab("Standard.Tab.detail", "details") + tab("Elsewhere", "elsewhere"))}
  ${region("main", "Region", component("flexipage:tabset", property("tabs", "tabs")))}
  <masterLabel>Tabbed</masterLabel><sobjectType>Case</sobjectType>
  <template><name>flexipage:recordHomeSimpleViewTemplate</name></template><type>RecordPage</type>
</FlexiPage>`;

let example: ExampleOrg;
let browser: OpenBrowser;
let page: Page;

beforeAll(async () => {
  example = await openExampleOrg();
  const { dir } = await buildConsole({ forceApp: FORCE_APP, schema: example.org.store.schema });
  example.org.app.use(consoleApp({ org: example.org, forceApp: FORCE_APP, builtDir: dir }));
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await example[Symbol.asyncDispose]();
});

beforeEach(async () => {
  page = await browser.newPage();
});

afterEach(() => {
  expect(browser.takeProblems()).toEqual([]);
});

const go = (place: string): Promise<unknown> => page.goto(`${example.url}${place}`);
const recordPlace = (): string => `/lightning/r/Case/${example.caseId}/view`;

test("a rep goes from the inbox to a Case, edits it by clicks, and back", async () => {
  await go("/");
  await page.waitForURL("**/lightning/n/Social_Inbox");
  await page.getByRole("link", { name: /My bag never arrived/ }).click();
  await page.getByRole("heading", { level: 1, name: "00000001" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(recordPlace());
  expect(await page.title()).toBe("00000001 | Case | Earshot");
  await page.getByText("Two days now. Is anybody there?").first().waitFor();
  await browser.screenshot(page, "console-case");

  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("textbox", { name: "Subject" }).fill("Bag for Oslo");
  await page.getByRole("combobox", { name: "Priority" }).selectOption("Low");
  await page.getByRole("button", { name: "Save" }).click();
  const highlights = page.getByLabel("Case highlights");
  await highlights.getByText("Bag for Oslo").waitFor();
  await highlights.getByText("Low").waitFor();

  await page.goBack();
  await page.waitForURL("**/lightning/n/Social_Inbox");
  await page.getByRole("link", { name: /Bag for Oslo/ }).waitFor();
}, 30_000);

test("what the org refuses stands beside its field, and the form stays open", async () => {
  await go(recordPlace());
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const subject = page.getByRole("textbox", { name: "Subject" });
  await subject.evaluate((input: HTMLInputElement) => input.removeAttribute("maxlength"));
  await subject.fill("x".repeat(300));
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").filter({ hasText: "See the marked fields." }).waitFor();
  expect(await subject.getAttribute("aria-invalid")).toBe("true");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Edit", exact: true }).waitFor();
}, 30_000);

test("opened records stand in tabs that a reload remembers and a click closes", async () => {
  await go(recordPlace());
  const tabs = page.getByRole("navigation", { name: "Open records" });
  await tabs.getByRole("link", { name: "00000001" }).waitFor();
  await page.getByLabel("Case highlights").getByRole("link", { name: "Anna Berg" }).click();
  await page.getByRole("heading", { level: 1, name: "Anna Berg" }).waitFor();
  await page.reload();
  await tabs.getByRole("link", { name: "Anna Berg" }).and(page.locator("[aria-current]")).waitFor();
  expect(await tabs.getByRole("link").allInnerTexts()).toEqual(["00000001", "Anna Berg"]);

  await tabs.getByRole("button", { name: "Close Anna Berg" }).click();
  await page.getByRole("heading", { level: 1, name: "00000001" }).waitFor();
  expect(await tabs.getByRole("link").allInnerTexts()).toEqual(["00000001"]);
}, 30_000);

test("a list leads to its records and changes with its view", async () => {
  await go("/lightning/o/Case/list?filterName=All");
  await page.getByRole("row").filter({ hasText: "Anna Berg" }).getByRole("link").first().waitFor();
  await page.getByRole("combobox", { name: "List view" }).selectOption({ label: "My Social Cases" });
  await page.waitForURL("**/list?filterName=My_Social_Cases");
  await page.getByRole("link", { name: "00000001" }).click();
  await page.getByRole("heading", { level: 1, name: "00000001" }).waitFor();
}, 30_000);

test("a coordinator makes a listener and a rule by clicks, and changes the rule; reps have no such tabs", async () => {
  await go("/?user=cora");
  await page.getByRole("link", { name: "Social Listeners" }).click();
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Complete this field.").waitFor();
  await page.getByRole("textbox", { name: "Listener", exact: true }).fill("Our name");
  await page.getByRole("textbox", { name: "Words", exact: true }).fill("nordwind\nnordwind airlines");
  await page.getByRole("combobox", { name: "Social Account" }).selectOption({ label: "SA-0000001 @nordwind" });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { level: 1, name: "Our name" }).waitFor();
  await page.getByLabel("Details").getByText("nordwind airlines").waitFor();

  await page.getByRole("link", { name: "Social Rules" }).click();
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByRole("textbox", { name: "Rule", exact: true }).fill("lost-bag");
  await page.getByRole("spinbutton", { name: "Order" }).fill("15");
  await page.getByRole("textbox", { name: "Condition" }).fill('"baggage" in topics');
  await page.getByRole("combobox", { name: "Response" }).selectOption("Needed");
  await browser.screenshot(page, "console-new-rule");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { level: 1, name: "lost-bag" }).waitFor();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  expect(await page.getByRole("combobox", { name: "State" }).count()).toBe(0);
  await page.getByRole("combobox", { name: "Priority" }).selectOption("High");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByLabel("Social Rule highlights").getByText("High").waitFor();

  await go("/?user=rita");
  await page.getByRole("link", { name: "Social Accounts" }).waitFor();
  expect(await page.getByRole("link", { name: "Social Rules" }).count()).toBe(0);
}, 30_000);

test("a click on a column's head sorts the list by it, another one turns it round", async () => {
  const { store } = example.org;
  const cora = store.actor("cora@nordwind.example");
  if (cora === undefined) throw new Error("there is no Cora");
  for (const order of [9, 100, 20]) store.create(cora, "Social_Rule__c", { Name: `order ${order}`, Order__c: order });
  await go("/lightning/o/Social_Rule__c/list?filterName=All&user=cora");
  const names = async (): Promise<readonly string[]> =>
    (await page.getByRole("rowheader").allInnerTexts()).filter((name) => name.startsWith("order"));
  await page.getByRole("button", { name: "Order" }).click();
  expect(await names()).toEqual(["order 9", "order 20", "order 100"]);
  await page.getByRole("button", { name: "Order" }).click();
  expect(await names()).toEqual(["order 100", "order 20", "order 9"]);
}, 30_000);

test("another user sees what they may, and is told what they may not", async () => {
  await go(recordPlace());
  await page.getByText("My booking is ZX81QL").first().waitFor();
  await page.getByText("Rita Rep", { exact: true }).first().click();
  await page.getByRole("link", { name: /Nora New/ }).click();
  await page.waitForURL("**/lightning/o/Case/list");
  await go(recordPlace());
  await page
    .getByText(/Ask your admin for the permission set/)
    .first()
    .waitFor();
  expect(await page.getByText("My booking is ZX81QL").count()).toBe(0);
  await browser.screenshot(page, "console-without-permission");
}, 30_000);

test("a tab does not go on under the name of somebody who signed in elsewhere", async () => {
  await go(recordPlace());
  await page.getByText("Rita Rep", { exact: true }).first().waitFor();
  const other = await page.context().newPage();
  await other.goto(`${example.url}/?user=ada`);
  await page.getByText("Ada Admin", { exact: true }).first().waitFor();
  expect(new URL(page.url()).pathname).toBe(recordPlace());
}, 30_000);

test.each([320, 768])(
  "a window of %i px cuts nothing off",
  async (width) => {
    await page.setViewportSize({ width, height: 800 });
    const { store } = example.org;
    const ada = store.actor("ada@nordwind.example");
    if (ada !== undefined) store.update(ada, "Case", example.caseId, { Subject: `Bag for Oslo ${"x".repeat(200)}` });
    await go(recordPlace());
    await page.getByText("Two days now. Is anybody there?").first().waitFor();
    await page.getByRole("textbox", { name: "Reply" }).waitFor();
    const main = page.locator("#main");
    expect(await main.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  },
  30_000,
);

test("a record that is not there is a sentence, not an empty page", async () => {
  await go("/lightning/r/Case/500000000000000AAA/view");
  await page.getByRole("alert").getByText("The requested resource does not exist").waitFor();
}, 30_000);

test("a session that expires is opened anew without a word", async () => {
  await go("/lightning/n/Social_Inbox");
  await page.getByRole("link", { name: /Oslo/ }).waitFor();
  await page.context().clearCookies({ name: "sid" });
  await page.getByRole("link", { name: /Oslo/ }).click();
  await page.getByRole("heading", { level: 1, name: "00000001" }).waitFor();
}, 30_000);

test("a page may hold tabs, field sections, and components that the sandbox does not know", async () => {
  const forceApp = await fs.mkdtemp(path.join(os.tmpdir(), "earshot-pages-"));
  await fs.mkdir(path.join(forceApp, "flexipages"));
  await fs.writeFile(path.join(forceApp, "flexipages/Tabbed.flexipage-meta.xml"), TABBED_PAGE);
  await using other = await openExampleOrg();
  const { dir } = await buildConsole({ forceApp: FORCE_APP, schema: other.org.store.schema });
  other.org.app.use(consoleApp({ org: other.org, forceApp, builtDir: dir }));

  await page.goto(`${other.url}/lightning/r/Case/${other.caseId}/view`);
  const chosen = page.getByRole("tabpanel");
  await chosen.getByText("My bag never arrived in Oslo").waitFor();
  await page.getByRole("tab", { name: "Details" }).press("ArrowRight");
  await chosen.getByText("sfdc:unheardOf is not part of the sandbox.").waitFor();
  expect(await page.getByRole("tab", { name: "Elsewhere" }).getAttribute("aria-selected")).toBe("true");
  await fs.rm(forceApp, { recursive: true });
}, 60_000);

test("components run under the org's content security policy and under synthetic shadow", async () => {
  await go(recordPlace());
  await page.locator("c-social-timeline").waitFor();
  const synthetic = await page.evaluate(() => {
    const root = document.querySelector("c-social-timeline")?.shadowRoot;
    return root !== undefined && root !== null && "synthetic" in root;
  });
  expect(synthetic).toBe(true);
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.head.append(script);
    return document.title === "ran";
  });
  expect(ran).toBe(false);
  expect(browser.takeProblems().join()).toContain("Content Security Policy");
}, 30_000);

test("calls to other origins are blocked by that policy, too", async () => {
  await go("/");
  await page.waitForURL("**/lightning/n/Social_Inbox");
  const blocked = await page.evaluate(`new Promise((resolve) => {
    addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true });
    fetch("https://elsewhere.example/").catch(() => undefined);
  })`);
  expect(blocked).toBe("connect-src");
  expect(browser.takeProblems().join()).toContain("Content Security Policy");
});
