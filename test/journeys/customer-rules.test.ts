import { openCustomerMetadata, textField, validationRule } from "../fakes/customer-metadata.ts";
import { leapingClock } from "../fakes/leaping-clock.ts";
import type { CrmUser } from "./crm-user.ts";
import { earshot } from "./earshot.ts";
import type { NetworkUser } from "./network-user.ts";
import { openWorld, waitFor, type World } from "./world.ts";

interface Parked {
  readonly log: string;
  readonly reason: string;
  readonly detail: string;
  readonly key: string;
}

const REGION = "Case.Region__c";
const NO_ANGER = "Case.No_Anger";
const NO_TASKS = "Task.No_Social_Tasks";
const CLOSED_STANDS = "Case.Closed_Stands";
const ANGER_SAID = "Angry customers are for the hotline.";
const CLOSED_SAID = "A closed Case stays as it is.";

const clock = leapingClock();
let customer: Awaited<ReturnType<typeof openCustomerMetadata>>;
let world: World;
let rita: CrmUser;
let ada: CrmUser;

beforeAll(async () => {
  customer = await openCustomerMetadata(
    textField("Case", "Region__c"),
    validationRule("Case", "No_Anger", 'CONTAINS(Description, "furious")', ANGER_SAID),
    validationRule("Case", "Closed_Stands", "AND(NOT(ISNEW()), IsClosed, ISCHANGED(Description))", CLOSED_SAID),
    validationRule("Task", "No_Social_Tasks", "ISNEW()", "Tasks are made by people."),
  );
  world = await openWorld({ customer: [customer.path], clock, now: clock.nowMs, stopped: true });
  for (const rule of [NO_ANGER, NO_TASKS, CLOSED_STANDS]) await setUp({ rule, active: false });
  [rita, ada] = [world.crmUser("rita"), world.crmUser("ada")];
  await world.connector.start();
}, 60_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await customer[Symbol.asyncDispose]();
});

/** The administrator changes something in Setup. */
async function setUp(change: object): Promise<void> {
  const answer = await fetch(`${world.sandbox.orgUrl}/sandbox/setup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(change),
  });
  expect(answer.status).toBe(204);
}

const parked = async (): Promise<readonly Parked[]> =>
  JSON.parse((await earshot(world.config, "parked", "list", "--json")).out) as Parked[];

async function retryAll(): Promise<void> {
  expect((await earshot(world.config, "parked", "retry", "--all")).out).toMatch(/will be tried within seconds/);
  await waitFor("nothing to be parked", async () => (await parked()).length === 0);
}

const casesOf = ({ handle }: NetworkUser) =>
  rita.query(`SELECT Id, Subject, Description FROM Case WHERE Social_Persona__r.Handle__c LIKE '${handle}@%'`);

const untilCase = (person: NetworkUser) =>
  waitFor(`a Case for ${person.handle}`, async () => (await casesOf(person))[0]);

test("a field that every Case must have: what the org says and what to do stand beside the post, which goes on when that is mended", async () => {
  await setUp({ field: REGION, required: true });
  const person = await world.person("required_1");
  await person.post("@nordwind where is my bag?");
  const [entry] = await waitFor("the post to be parked", async () => {
    const standing = await parked();
    return standing.length > 0 && standing;
  });
  expect(entry).toMatchObject({ log: "posts", reason: "REQUIRED_FIELD_MISSING" });
  expect(entry?.detail).toMatch(/\(Region__c\).*Give the field a default value/);
  expect(entry?.detail).not.toContain("bag");

  await setUp({ field: REGION, required: false });
  await retryAll();
  expect(await untilCase(person)).toMatchObject({ Description: expect.stringContaining("where is my bag?") as string });
  expect(await casesOf(person)).toHaveLength(1);
}, 60_000);

test("more than twenty in a row are not parked one by one: all wait, and go on by themselves when the field is mended", async () => {
  await setUp({ field: REGION, required: true });
  const people = await Promise.all(Array.from({ length: 30 }, (_, n) => world.person(`many_${n}`)));
  for (const person of people) await person.post("@nordwind where is my bag?");
  const told = await waitFor("the connector to say so", async () => {
    const answer = await fetch(`${world.connector.url}/ready`);
    const { parts } = (await answer.json()) as { parts: Readonly<Record<string, { state: string; detail: string }>> };
    const { state, detail } = parts["recorder"] ?? {};
    return !answer.ok && state === "stopped" && detail;
  });
  expect(told).toMatch(/REQUIRED_FIELD_MISSING.*Region__c.*mend the cause/);
  expect((await parked()).length).toBeLessThanOrEqual(20);

  await setUp({ field: REGION, required: false });
  clock.leap(600_000);
  await waitFor("the connector to go on", async () => (await fetch(`${world.connector.url}/ready`)).ok);
  if ((await parked()).length > 0) await retryAll();
  for (const person of people) {
    await untilCase(person);
    expect(await casesOf(person)).toHaveLength(1);
  }
}, 60_000);

test("a rule against one kind of Case: those posts are parked with its sentence, all others go on", async () => {
  await setUp({ rule: NO_ANGER, active: true });
  const [angry, calm] = [await world.person("angry"), await world.person("calm")];
  await angry.post("@nordwind I am furious, where is my bag?");
  await calm.post("@nordwind where is my bag, please?");
  await untilCase(calm);
  const [entry, ...others] = await waitFor("the post to be parked", async () => {
    const standing = await parked();
    return standing.length > 0 && standing;
  });
  expect(others).toEqual([]);
  expect(entry).toMatchObject({ reason: "FIELD_CUSTOM_VALIDATION_EXCEPTION" });
  expect(entry?.detail).toContain(ANGER_SAID);
  expect(await casesOf(angry)).toEqual([]);

  await setUp({ rule: NO_ANGER, active: false });
  await retryAll();
  await untilCase(angry);
}, 60_000);

test("a rule against Tasks: the Case stands, the post waits for its Task, and gets one when the rule is mended", async () => {
  await setUp({ rule: NO_TASKS, active: true });
  const person = await world.person("tasked");
  const contact = await ada.create("Contact", { LastName: "Tasked", Mastodon__c: `${person.handle}@nordwind.social` });
  await person.post("@nordwind where is my bag?");
  const row = await untilCase(person);
  const entry = await waitFor("the post to be parked", async () => (await parked())[0]);
  expect(entry.detail).toContain("Tasks are made by people.");
  const tasks = () => ada.query(`SELECT Id, WhatId FROM Task WHERE WhoId = '${contact}'`);
  expect(await tasks()).toEqual([]);

  await setUp({ rule: NO_TASKS, active: false });
  await retryAll();
  expect(await waitFor("the Task", async () => (await tasks())[0])).toMatchObject({ WhatId: row.Id });
  expect(await tasks()).toHaveLength(1);
  expect(await casesOf(person)).toHaveLength(1);
}, 60_000);

test("a rule against changing closed Cases: deletions are parked with its sentence, however many, and nobody else waits", async () => {
  const people = await Promise.all(Array.from({ length: 22 }, (_, n) => world.person(`closed_${n}`)));
  const posts = await Promise.all(
    people.map(async (person) => ({ person, post: await person.post("@nordwind where is my mauve bag?") })),
  );
  for (const person of people) {
    const { Id } = await untilCase(person);
    await rita.update("Case", Id, { Status: "Closed" });
  }
  await setUp({ rule: CLOSED_STANDS, active: true });
  for (const { person, post } of posts) await person.remove(post);
  const standing = await waitFor("the deletions to be parked", async () => {
    const all = await parked();
    return all.length === people.length && all;
  });
  for (const { reason, detail } of standing) {
    expect(reason).toBe("FIELD_CUSTOM_VALIDATION_EXCEPTION");
    expect(detail).toContain(CLOSED_SAID);
  }
  const other = await world.person("after_closed");
  await other.post("@nordwind where is my bag?");
  await untilCase(other);

  await setUp({ rule: CLOSED_STANDS, active: false });
  await retryAll();
  for (const person of people) expect(JSON.stringify(await casesOf(person))).not.toContain("mauve");
}, 60_000);
