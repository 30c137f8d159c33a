import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { salesforceOptions } from "../../../test/contracts/crm/salesforce-place.ts";
import { openTestOrg, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import type { CrmChange } from "../../model/change.ts";
import type { Cursor } from "../../model/glossary.ts";
import type { Crm } from "../crm.ts";
import { openSalesforce } from "./index.ts";

const never = new AbortController().signal;
const START = "2026-03-02T09:00:00.000Z";

let served: TestOrg;
let crm: Crm;
/** How often the feed told that settings may have changed. */
let settingsNews: number;
/** The org's clock and ours, in milliseconds since 1970. */
let orgNow: number;
const clock = manualClock(START);

beforeEach(async () => {
  orgNow = Date.parse(clock.now());
  served = await openTestOrg({ now: () => orgNow });
  settingsNews = 0;
  const onSettings = (): void => void (settingsNews += 1);
  crm = await openSalesforce({ ...salesforceOptions(served.url), clock, onSettings }, never);
});
afterEach(() => served[Symbol.asyncDispose]());

function as(who: string) {
  const actor = served.org.store.actor(`${who}@nordwind.example`);
  if (actor === undefined) throw new Error(`There is no ${who}`);
  return actor;
}

function addPersona(key: string): string {
  return served.org.store.create(as("connector"), "Social_Persona__c", { External_Key__c: key });
}

function decide(persona: string, by: string, change: object): void {
  served.org.store.update(as(by), "Social_Persona__c", persona, { Identity_Decided_By__c: "Rita Rep", ...change });
}

/** Follows the feed; `next` gives its next page. */
function watch(cursor?: Cursor) {
  const stop = new AbortController();
  const pages = crm.changes(cursor, stop.signal)[Symbol.asyncIterator]();
  return {
    async next(): Promise<{ items: readonly CrmChange[]; cursor: Cursor }> {
      const page = pages.next();
      await Promise.race([page, clock.untilSleeping()]);
      clock.advance(60_000);
      const turn = await page;
      if (turn.done === true) throw new Error("The feed ended");
      return turn.value;
    },
    stop: () => stop.abort(),
  };
}

const keysOf = (items: readonly CrmChange[]): readonly string[] =>
  items.map((item) => (item.type === "reply" ? item.reply.key : item.key));

test("what people do while nobody asks is told from where the cursor stands, and told once", async () => {
  const [anna, bert] = [addPersona("anna"), addPersona("bert")];
  const contact = served.org.store.create(as("ada"), "Contact", { LastName: "Anna" });
  const first = watch();
  const { cursor } = await first.next();
  first.stop();

  orgNow += 3_600_000;
  decide(anna, "rita", { Contact__c: contact, Identity__c: "Linked" });
  decide(bert, "connector", { Identity__c: "Suggested", Identity_Decided_By__c: null });
  const second = watch(cursor);
  const told = await second.next();
  expect(told.items).toMatchObject([{ type: "identity", persona: "anna", before: {}, link: { contact } }]);
  expect((await second.next()).items).toEqual([]);
  second.stop();
  // A page that was not made durable is told again, by the same keys.
  expect(keysOf((await watch(cursor).next()).items)).toEqual(keysOf(told.items));
});

test("a row that is committed after a later one is told, too", async () => {
  const [anna, bert] = [addPersona("anna"), addPersona("bert")];
  const feed = watch();
  await feed.next();
  orgNow += 60_000;
  decide(bert, "rita", { Identity__c: "Anonymous" });
  await feed.next();
  orgNow -= 30_000;
  decide(anna, "rita", { Identity__c: "Suggested" });
  expect((await feed.next()).items).toMatchObject([{ persona: "anna" }]);
  feed.stop();
});

test("two decisions of one second are two changes only if they are found apart", async () => {
  const anna = addPersona("anna");
  const contacts = ["One", "Two"].map((LastName) => served.org.store.create(as("ada"), "Contact", { LastName }));
  for (const Contact__c of contacts) decide(anna, "rita", { Contact__c });
  const feed = watch();
  expect((await feed.next()).items).toMatchObject([{ before: {}, link: { contact: contacts[1] } }]);
  decide(anna, "rita", { Contact__c: null });
  expect((await feed.next()).items).toMatchObject([{ before: { contact: contacts[1] }, link: {} }]);
  feed.stop();
});

test("more than one page of rows is told whole", async () => {
  const personas = Array.from({ length: 2100 }, (_, index) => addPersona(`many-${index}`));
  served.org.store.transaction(() => personas.forEach((id) => decide(id, "rita", { Identity__c: "Suggested" })));
  const feed = watch();
  const { items } = await feed.next();
  feed.stop();
  expect(new Set(items.flatMap((item) => (item.type === "identity" ? [item.persona] : []))).size).toBe(2100);
});

test("a sweep is one call; merged people are looked for in every fifth one", async () => {
  const feed = watch();
  await feed.next();
  await fetch(`${served.url}/sandbox/calls`, { method: "DELETE" });
  for (let sweep = 0; sweep < 10; sweep++) await feed.next();
  feed.stop();
  const answer = await fetch(`${served.url}/sandbox/calls`);
  expect(await answer.json()).toMatchObject({ byKind: { composite: 12 } });
});

test("a cursor of an earlier version is read as none", async () => {
  const anna = addPersona("anna");
  decide(anna, "rita", { Identity__c: "Suggested" });
  const feed = watch("2026-03-02T09:00:00.000Z");
  expect((await feed.next()).items).toMatchObject([{ persona: "anna" }]);
  feed.stop();
});

test("that settings may have changed is told at the first look, when a row is made, changed or deleted, and once more", async () => {
  const { store } = served.org;
  const feed = watch();
  const told = async (sweeps: number): Promise<number> => {
    const before = settingsNews;
    for (let sweep = 0; sweep < sweeps; sweep++) await feed.next();
    return settingsNews - before;
  };
  // Once more, because what is done in the same second has the same stamp.
  expect(await told(5)).toBe(2);
  const rule = store.create(as("cora"), "Social_Rule__c", { Name: "VIP", Order__c: 5 });
  expect(await told(5)).toBe(2);
  orgNow += 60_000;
  store.update(as("cora"), "Social_Rule__c", rule, { Order__c: 6 });
  store.create(as("cora"), "Social_Listener__c", { Name: "Brand", Words__c: "nordwind" });
  expect(await told(5)).toBe(2);
  store.remove(as("cora"), "Social_Rule__c", rule);
  expect(await told(5)).toBe(2);
  expect(await told(5)).toBe(0);
  feed.stop();
});
