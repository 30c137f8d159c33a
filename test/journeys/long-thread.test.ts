import type { Locator, Page, Request } from "playwright-core";
import { openSandbox, type Sandbox } from "../../sandbox/index.ts";
import { openBrowser, type OpenBrowser } from "../browser.ts";

const POSTS = 5000;
const PAGE = 100;
const MOST_SHOWN = 200;
/** How far back the reader goes. */
const WALKED = 850;
const SHOWN_MS = 30_000;

let sandbox: Sandbox;
let browser: OpenBrowser;
let caseId: string;

beforeAll(async () => {
  sandbox = await openSandbox({ dir: ":memory:", port: 0, networkPort: 0, console: true });
  caseId = seedThread();
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await sandbox[Symbol.asyncDispose]();
});

const CONVERSATION = "test:host/crowd";
const saidAt = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();

function record(n: number, more: Readonly<Record<string, unknown>>): void {
  create("Social_Post__c", {
    External_Key__c: `test:host/${n}`,
    Conversation_Key__c: CONVERSATION,
    Direction__c: "Inbound",
    Visibility__c: "public",
    Text__c: `This is what was said as number ${n}.`,
    Posted_At__c: saidAt(n),
    ...more,
  });
}

function create(object: string, fields: Readonly<Record<string, unknown>>): string {
  const { store } = sandbox.org;
  const connector = store.actor("connector@nordwind.example");
  if (connector === undefined) throw new Error("The sandbox has no connector");
  return store.create(connector, object, fields);
}

let customer: string;
let account: string;

/** A crowd under one post of one customer, who says a word now and then. */
function seedThread(): string {
  return sandbox.org.store.transaction(() => {
    account = create("Social_Account__c", { External_Key__c: "test:host/we", Network__c: "mastodon", Handle__c: "we" });
    customer = create("Social_Persona__c", {
      External_Key__c: "test:host/cleo",
      Handle__c: "cleo",
      Display_Name__c: "Cleo",
    });
    const strangers = Array.from({ length: 20 }, (_, n) =>
      create("Social_Persona__c", {
        External_Key__c: `test:host/s${n}`,
        Handle__c: `s${n}`,
        Display_Name__c: `Stranger ${n}`,
      }),
    );
    const id = create("Case", {
      Subject: "A crowd",
      Origin: "Social",
      Social_Conversation_Key__c: CONVERSATION,
      Social_Persona__c: customer,
      Social_Account__c: account,
    });
    for (let n = 1; n <= POSTS; n++) {
      const isCustomer = n % 50 === 1;
      record(n, {
        Persona__c: isCustomer ? customer : strangers[n % strangers.length],
        Social_Account__c: account,
        ...(isCustomer ? { Case__c: id } : {}),
      });
    }
    return id;
  });
}

/** How often the timeline asked the org, for a page of what is there and for what is new. */
function watchQuestions(page: Page): { readonly pages: () => number; readonly news: () => number } {
  const bodies: string[] = [];
  page.on("request", (request: Request) => {
    const body = request.postData() ?? "";
    if (request.url().endsWith("/graphql") && body.includes("socialTimeline")) bodies.push(body);
  });
  return {
    pages: () => bodies.filter((body) => !isNews(body)).length,
    news: () => bodies.filter(isNews).length,
  };
}

const isNews = (body: string): boolean => body.includes('"LastModifiedDate":{"gte"');

test(`a thread of ${POSTS} posts opens at its newest post, and costs no more calls than its pages`, async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(SHOWN_MS);
  await page.goto(`${sandbox.orgUrl}/?user=rita`);
  await page.getByRole("link", { name: "Social Inbox" }).first().waitFor();
  const asked = watchQuestions(page);
  await page.goto(`${sandbox.orgUrl}/lightning/r/Case/${caseId}/view`);
  await said(page, POSTS).waitFor();
  await browser.screenshot(page, "thread-1-newest");
  expect(await isInView(said(page, POSTS))).toBe(true);

  const questions = asked.pages();
  while ((await said(page, POSTS - WALKED).count()) === 0) {
    const top = await firstShown(page);
    const earlier = page.getByRole("button", { name: "Earlier posts" });
    await earlier.scrollIntoViewIfNeeded();
    const before = await topOf(said(page, top));
    await earlier.click();
    await said(page, top - 1).waitFor();
    expect(Math.abs((await topOf(said(page, top))) - before)).toBeLessThan(4);
    expect(await shownPosts(page).count()).toBeLessThanOrEqual(MOST_SHOWN);
  }
  expect(questions).toBe(1);
  expect(asked.pages()).toBe(Math.ceil((WALKED + 1) / PAGE));
  await browser.screenshot(page, "thread-2-earlier");

  // What comes meanwhile moves nothing, and is there on the way back.
  const top = await firstShown(page);
  const before = await topOf(said(page, top));
  const news = asked.news();
  record(POSTS + 1, { Persona__c: customer, Social_Account__c: account, Case__c: caseId });
  await page.locator("c-social-timeline [aria-live]").filter({ hasText: "New post by Cleo" }).waitFor();
  expect(Math.abs((await topOf(said(page, top))) - before)).toBeLessThan(4);
  expect(asked.news()).toBeGreaterThan(news);
  expect(asked.pages()).toBe(Math.ceil((WALKED + 1) / PAGE));
  while ((await said(page, POSTS + 1).count()) === 0) await page.getByRole("button", { name: "Later posts" }).click();
  expect(await shownPosts(page).count()).toBeLessThanOrEqual(MOST_SHOWN);
}, 120_000);

const shownPosts = (page: Page): Locator => page.locator("c-social-timeline c-social-post");

/** A post by its number. */
const said = (page: Page, n: number): Locator => shownPosts(page).filter({ hasText: `as number ${n}.` });

async function firstShown(page: Page): Promise<number> {
  const text = await shownPosts(page).first().innerText();
  return Number(/as number (\d+)/.exec(text)?.[1]);
}

const topOf = async (item: Locator): Promise<number> => (await item.boundingBox())?.y ?? Number.NaN;

const isInView = (item: Locator): Promise<boolean> =>
  item.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
