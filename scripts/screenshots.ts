// Takes the pictures of docs/admins.md anew, of the sandbox's console: npm run screenshots.
import path from "node:path";
import type { Page } from "playwright-core";
import { systemClock } from "../connector/clock.ts";
import { openGate } from "../connector/crm/budget.ts";
import { openSalesforce } from "../connector/crm/salesforce/index.ts";
import type { Remark } from "../connector/model/settings.ts";
import { defaultRows } from "../connector/rules/default-rows.ts";
import { toRuleSet } from "../connector/rules/to-rule-set.ts";
import { openSandbox, type Sandbox } from "../sandbox/index.ts";
import { openBrowser } from "../test/browser.ts";
import { openDirectory } from "../test/fakes/directory.ts";

const IMAGES = path.resolve(import.meta.dirname, "../docs/images");
const never = new AbortController().signal;

await using directory = await openDirectory();
await using sandbox = await openSandbox({ dir: directory.path, port: 0, networkPort: 0, console: true });
const shown = await keepSettings(sandbox);
await using browser = await openBrowser();
const page = await browser.newPage({ width: 1400, height: 760 });

await go("o/Social_Rule__c/list?filterName=All&user=cora");
await page.getByRole("button", { name: "Order" }).click();
await page.getByRole("link", { name: "own-post" }).waitFor();
await take("rules");
await go(`r/Social_Rule__c/${shown.rule}/view?user=cora`);
await page.getByText("Broken").first().waitFor();
await take("rule-broken");
await go(`r/Social_Listener__c/${shown.listener}/view?user=cora`);
await page.getByText("nordwind airlines").first().waitFor();
await take("listener");

async function go(place: string): Promise<void> {
  await page.goto(`${sandbox.orgUrl}/lightning/${place}`);
}

async function take(name: string): Promise<void> {
  const file = path.join(IMAGES, `${name}.png`);
  await settled(page);
  await page.screenshot({ path: file });
  console.log(file);
}

/** Fonts and pictures are there. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** The default rules, one more with a mistake in it, and a listener; each says what the connector says of it. */
async function keepSettings({ org, orgUrl }: Sandbox): Promise<{ readonly rule: string; readonly listener: string }> {
  const cora = org.store.actor("cora@nordwind.example");
  if (cora === undefined) throw new Error("The sandbox has no Cora");
  const login = { loginUrl: orgUrl, clientId: "sandbox", clientSecret: "sandbox" };
  const options = { login, namespace: "", orgId: undefined, handles: [], fallbackQueue: "Social_Service" };
  const running = { sweepMs: 60_000, routes: () => [], clock: systemClock, budget: openGate };
  await using crm = await openSalesforce({ ...options, ...running }, never);
  await crm.offer(defaultRows, never);
  const { rules: whole } = await crm.kept(never);
  const used = whole.map(({ id }): Remark => ({ on: "rule", id, state: "In use", detail: "" }));
  const rule = org.store.create(cora, "Social_Rule__c", {
    ...{ Name: "lost-bag", Order__c: 85, Condition__c: '"baggage" in topic && followers > "1000"' },
    ...{ Response__c: "Needed", Priority__c: "High", Reason__c: "A bag is lost." },
  });
  const listener = org.store.create(cora, "Social_Listener__c", {
    ...{ Name: "Our name", Words__c: "nordwind airlines\nnordwind air\n#nordwind" },
    ...{ Excluded_Words__c: "nordwind energy\nwind turbine", Languages__c: "en, de" },
  });
  const checked = toRuleSet((await crm.kept(never)).rules);
  const faults = "faults" in checked ? checked.faults : [];
  await crm.remark([...used, ...faults, { on: "listener", id: listener, state: "In use", detail: "" }], never);
  return { rule, listener };
}
