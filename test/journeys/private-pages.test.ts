import type { Page } from "playwright-core";
import { openBrowser, type OpenBrowser } from "../browser.ts";
import { openCustomerMetadata, orgWideDefault } from "../fakes/customer-metadata.ts";
import { findId, findUserId, type CrmRow, type CrmUser } from "./crm-user.ts";
import { openWorld, waitFor, type World } from "./world.ts";

// Pages of an org in which neither Cases nor Contacts are everybody's.

const NAME = "Quendolyn";

let customer: Awaited<ReturnType<typeof openCustomerMetadata>>;
let world: World;
let browser: OpenBrowser;
let ada: CrmUser;
/** Nora's Contact, whose Case is in a queue of Rita's. */
let contact: string;
let found: CrmRow;

beforeAll(async () => {
  customer = await openCustomerMetadata(orgWideDefault("Case", "Private"), orgWideDefault("Contact", "Private"));
  world = await openWorld({ console: true, customer: [customer.path] });
  browser = await openBrowser();
  ada = world.crmUser("ada");
  const set = await findId(ada, "SELECT Id FROM PermissionSet WHERE Name = 'Social_Rep'");
  await ada.create("PermissionSetAssignment", { AssigneeId: await userId("nora"), PermissionSetId: set });
  const person = await world.person("quinn");
  const handle = `${person.handle}@nordwind.social`;
  contact = await ada.create("Contact", { LastName: NAME, Mastodon__c: handle, OwnerId: await userId("nora") });
  await person.post("@nordwind where is my blue suitcase?");
  const soql = `SELECT Id, CaseNumber FROM Case WHERE ContactId = '${contact}'`;
  found = await waitFor("the Case", async () => (await ada.query(soql))[0]);
}, 240_000);
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
  await customer[Symbol.asyncDispose]();
});

const userId = (name: string) => findUserId(ada, name);

/** Opens a page as somebody, with the answers that it gets. */
async function openAs(user: string, path: string): Promise<{ page: Page; heard: () => Promise<readonly string[]> }> {
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    const isRedirect = response.status() >= 300 && response.status() < 400;
    if (!isRedirect) bodies.push(response.text().catch(() => ""));
  });
  await page.goto(`${world.sandbox.orgUrl}${path}?user=${user}`);
  return { page, heard: () => Promise.all(bodies) };
}

test("a rep whose customer's Case is somebody else's is told so, and answers all the same", async () => {
  const { page, heard } = await openAs("nora", `/lightning/r/Contact/${contact}/view`);
  await page.getByRole("note").getByText("a Case that is not shared with you").waitFor();
  await browser.screenshot(page, "private-case-reply");
  const answer = "It comes with the evening flight.";
  await page.getByRole("textbox", { name: "Reply" }).fill(answer);
  await page.getByRole("button", { name: "Send public reply" }).click();
  const timeline = page.locator("c-social-timeline c-social-post").filter({ hasText: answer });
  await timeline.getByText("Sent", { exact: true }).waitFor();
  const number = `"${String(found["CaseNumber"])}"`;
  expect((await heard()).filter((body) => body.includes(number)).length).toBe(0);

  await page.goto(`${world.sandbox.orgUrl}/lightning/r/Case/${found.Id}/view`);
  await page.getByRole("alert").or(page.getByText("does not exist")).first().waitFor();
  expect(await page.content()).not.toContain("suitcase");
}, 60_000);

test("a rep who may not see the customer works on the Case and reads no name", async () => {
  const { page, heard } = await openAs("rita", "/lightning/n/Social_Inbox");
  await page.getByRole("link", { name: /where is my blue suitcase/ }).click();
  const who = page.locator("c-social-identity");
  await who.getByText("Linked to a record that is not shared with you.").waitFor();
  expect(await who.getByRole("button", { name: "Confirm" }).count()).toBe(0);
  await browser.screenshot(page, "private-contact-case");
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill(NAME);
  await page.keyboard.press("Enter");
  await page.getByText("You find only what you may see").waitFor();
  expect((await heard()).filter((body) => body.includes(NAME) && !body.includes('"groups":[]')).length).toBe(0);
}, 60_000);
