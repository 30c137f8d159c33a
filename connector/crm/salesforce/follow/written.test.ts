import { openTestOrg, type TestOrg } from "../../../../sandbox/org/testing/open-test-org.ts";
import { onKnownCase, recallAndRecord, toDraft, toEdit, toOpening } from "../../../../test/contracts/crm/drafts.ts";
import { company, never } from "../../../../test/contracts/crm/place.ts";
import { salesforceOptions } from "../../../../test/contracts/crm/salesforce-place.ts";
import { manualClock } from "../../../../test/fakes/manual-clock.ts";
import { openCrmUser, type CrmUser } from "../../../../test/journeys/crm-user.ts";
import type { CrmChange } from "../../../model/change.ts";
import { toPrints, type Said } from "../../../model/prints.ts";
import type { Crm } from "../../crm.ts";
import { openSalesforce } from "../index.ts";

const SECRET = "my password is hunter2, do not tell anybody";
const QUOTING = `You wrote “${SECRET}”. Sorry!`;
const CHANGED = /^You wrote “\[changed by its author\]”\. Sorry!$/;
const opening = toOpening("w-1", "anna", { text: SECRET });
const said: readonly Said[] = [{ version: 0, isPublic: true, words: toPrints(SECRET) }];
const clock = manualClock("2026-03-02T09:00:00.000Z");

let served: TestOrg;
let crm: Crm;
let rita: CrmUser;
let remembered: ReadonlyMap<string, readonly Said[]>;
let calls: number;

beforeEach(async () => {
  served = await openTestOrg({ now: () => Date.parse(clock.now()) });
  remembered = new Map([[opening.post.key, said]]);
  const saidBefore = () => Promise.resolve(remembered);
  crm = await openSalesforce({ ...salesforceOptions(served.url), clock, saidBefore }, never);
  rita = openCrmUser(served.url, served.org.tokenFor("rita@nordwind.example"));
  await crm.report(
    [{ account: company, health: "Connected", detail: "", lastHeardAt: undefined, coverage: [] }],
    never,
  );
  expect(await recallAndRecord(crm, [opening])).toEqual([undefined]);
  calls = 0;
});
afterEach(() => served[Symbol.asyncDispose]());

async function draft(change: Readonly<Record<string, unknown>> = {}, key = opening.post.key): Promise<string> {
  const [post] = await rita.query(`SELECT Id, Social_Account__c FROM Social_Post__c WHERE External_Key__c = '${key}'`);
  return await rita.create("Social_Reply__c", {
    ...{ Post__c: post?.Id, Social_Account__c: post?.["Social_Account__c"], Route__c: "Public reply" },
    ...{ Text__c: QUOTING, Status__c: "Draft", ...change },
  });
}

const textOf = async (id: string): Promise<unknown> =>
  (await rita.query(`SELECT Id, Text__c FROM Social_Reply__c WHERE Id = '${id}'`))[0]?.["Text__c"];

/** Follows the feed; `next` gives what its next page tells beside replies that are to be sent. */
function watch() {
  const pages = crm.changes(undefined, never)[Symbol.asyncIterator]();
  return async (): Promise<readonly Exclude<CrmChange, { type: "reply" }>[]> => {
    const page = pages.next();
    if (calls++ > 0) {
      await Promise.race([page, clock.untilSleeping()]);
      clock.advance(60_000);
    }
    const turn = await page;
    return turn.done === true ? [] : turn.value.items.filter((item) => item.type !== "reply");
  };
}

test("who read a post before its edit and saves an answer after it saves none of the former words", async () => {
  await recallAndRecord(crm, [toEdit(opening, "never mind")]);
  const id = await draft();
  const [found] = await watch()();
  expect(found).toMatchObject({ type: "written", reply: id });
  expect(JSON.stringify(found)).not.toContain("hunter2");
  if (found === undefined) throw new Error("nothing was told");
  for (let time = 0; time < 2; time++) expect(await crm.follow([found], never)).toEqual([undefined]);
  expect(await textOf(id)).toMatch(CHANGED);
});

test("so with an answer to another post of the Case, and with what the post still says left alone", async () => {
  const second = toDraft({ ...opening.post, key: "test:social.example/w-2", text: "Hello?" });
  await recallAndRecord(crm, [second], onKnownCase("open"));
  await recallAndRecord(crm, [toEdit(opening, `Please: ${SECRET}`)]);
  const [found] = await rita.query("SELECT Id, Case__c FROM Social_Post__c WHERE Case__c != null");
  const kept = await draft({ Case__c: found?.["Case__c"] }, second.post.key);
  const next = watch();
  await crm.follow(await next(), never);
  expect(await textOf(kept)).toBe(QUOTING);

  await recallAndRecord(crm, [toEdit(opening, "never mind", 6)]);
  const [other, cut] = [
    await draft({}, second.post.key),
    await draft({ Case__c: found?.["Case__c"] }, second.post.key),
  ];
  await crm.follow(await next(), never);
  expect(await textOf(cut)).toMatch(CHANGED);
  expect(await textOf(other)).toBe(QUOTING);
});

test("each saving is told once, two of one second too; answers to what nobody changed are not", async () => {
  const id = await draft();
  const next = watch();
  expect(await next()).toEqual([]);
  await recallAndRecord(crm, [toEdit(opening, "never mind")]);
  const [first] = await next();
  await rita.update("Social_Reply__c", id, { Text__c: `${QUOTING} Really.` });
  const [second, ...more] = await next();
  expect(first).toMatchObject({ type: "written", reply: id });
  expect(second?.key).not.toBe(first?.key);
  expect([...more, ...(await next())]).toEqual([]);
});

test("what a person writes while it is followed is read again before words are cut out of it", async () => {
  await recallAndRecord(crm, [toEdit(opening, "never mind")]);
  const id = await draft();
  const changes = await watch()();
  remembered = new Map();
  const saidBefore = async () => {
    await rita.update("Social_Reply__c", id, { Text__c: `Hello! ${QUOTING}` });
    return new Map([[opening.post.key, said]]);
  };
  const slow = await openSalesforce({ ...salesforceOptions(served.url), clock, saidBefore }, never);
  expect(await slow.follow(changes, never)).toEqual(["again"]);
  expect(await textOf(id)).toBe(`Hello! ${QUOTING}`);
  expect(await slow.follow(changes, never)).toEqual([undefined]);
  expect(await textOf(id)).toMatch(/^Hello! You wrote “\[/);
});

test("an edit whose call was cut short knows the former words when it comes again", async () => {
  await recallAndRecord(crm, [toEdit(opening, "never mind")]);
  const id = await draft();
  expect(await recallAndRecord(crm, [toEdit(opening, "never mind")])).toEqual([undefined]);
  expect(await textOf(id)).toMatch(CHANGED);
});

test("a reply that is gone, or sent off meanwhile, is let be", async () => {
  await recallAndRecord(crm, [toEdit(opening, "never mind")]);
  const [gone, queued] = [await draft(), await draft()];
  const changes = await watch()();
  const ada = served.org.store.actor("ada@nordwind.example");
  if (ada === undefined) throw new Error("There is no ada");
  served.org.store.remove(ada, "Social_Reply__c", gone);
  await rita.update("Social_Reply__c", queued, { Status__c: "Queued" });
  expect(await crm.follow(changes, never)).toEqual([undefined, undefined]);
  expect(await textOf(queued)).toBe(QUOTING);
});
