import { findUserId, type CrmRow, type CrmUser } from "./crm-user.ts";
import { openWorld, waitFor, type World } from "./world.ts";

const DAY_MS = 86_400_000;
const CASE =
  "SELECT Id, CaseNumber, Status, IsClosed, ContactId, ParentId, Subject, OwnerId, Social_Case_Key__c, Social_Last_Inbound_At__c FROM Case";

let lead = 0;
let world: World;
let rita: CrmUser;

/** A clock that the journeys may put forward. */
const now = (): number => Date.now() + lead;

beforeAll(async () => {
  world = await openWorld({ now });
  rita = world.crmUser("rita");
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  lead = 0;
});

const casesOf = (handle: string): Promise<readonly CrmRow[]> =>
  world
    .crmUser("ada")
    .query(`${CASE} WHERE Social_Persona__r.Handle__c = '${handle}@nordwind.social' ORDER BY CaseNumber`);
const postsOf = (handle: string): Promise<readonly CrmRow[]> =>
  rita.query(
    "SELECT Id, Case__c, Text__c, Contact__c, Needs_Response__c, Triage_Reason__c, Visibility__c, Private_Text__c FROM Social_Post__c" +
      ` WHERE Persona__r.Handle__c = '${handle}@nordwind.social' ORDER BY Posted_At__c`,
  );
const soleCase = (handle: string): Promise<CrmRow> =>
  waitFor(`one Case of ${handle}`, async () => (await casesOf(handle)).at(0));
const postCount = (handle: string, count: number): Promise<readonly CrmRow[]> =>
  waitFor(`${count} posts of ${handle}`, async () => {
    const posts = await postsOf(handle);
    return posts.length >= count && posts;
  });

test("a complaint of a known customer becomes a Case with the customer's Contact on it, and an activity", async () => {
  const anna = await world.person("anna");
  await anna.post("@nordwind my bag never arrived in Oslo and nobody answers");

  const found = await soleCase("anna");
  expect(found).toMatchObject({ Status: "New", IsClosed: false });
  expect(found["Subject"]).toContain("my bag never arrived in Oslo");
  const [contact] = await rita.query("SELECT Id FROM Contact WHERE Mastodon__c LIKE '%anna@nordwind.social'");
  expect(found["ContactId"]).toBe(contact?.Id);
  const tasks = await waitFor("the activity", async () => {
    const rows = await rita.query(`SELECT Id, Status, WhoId, WhatId FROM Task WHERE WhoId = '${String(contact?.Id)}'`);
    return rows.length > 0 && rows;
  });
  expect(tasks).toMatchObject([{ Status: "Completed", WhatId: found.Id }]);
});

test("praise needs no Case", async () => {
  const fan = await world.person("fan_of_the_north");
  await fan.post("@nordwind thank you, best crew ever, we love you!");
  const [post] = await postCount("fan_of_the_north", 1);
  expect(post).toMatchObject({ Needs_Response__c: false, Case__c: null });
  expect(post?.["Triage_Reason__c"]).toMatch(/\w/);
  expect(await casesOf("fan_of_the_north")).toEqual([]);
});

test("ten customers under one post of ours make ten Cases", async () => {
  const ours = await world.company.post("Our winter timetable is out. Where will you go?");
  const crowd = Array.from({ length: 10 }, (_, index) => `crowd_${index}`);
  for (const handle of crowd) {
    const person = await world.person(handle);
    await person.post("@nordwind why did you cancel my flight to Bergen?", { replyTo: ours });
  }
  const cases = await Promise.all(crowd.map(soleCase));
  expect(new Set(cases.map(({ Id }) => Id)).size).toBe(10);
});

test("two posts of one customer in one batch stand on one Case", async () => {
  const hasty = await world.person("hasty");
  await world.connector.stop();
  const first = await hasty.post("@nordwind where is my refund?");
  await hasty.post("@nordwind and why does nobody pick up the phone?", { replyTo: first });
  await world.connector.start();

  const posts = await postCount("hasty", 2);
  expect(await casesOf("hasty")).toHaveLength(1);
  expect(new Set(posts.map((post) => post["Case__c"])).size).toBe(1);
});

test("a private message joins the open Case, and its words stand where only few may read", async () => {
  const carla = await world.person("carla");
  await carla.post("@nordwind your app charged me twice, please help");
  const open = await soleCase("carla");
  await carla.post("@nordwind my booking is QX7PLM, the card ends in 4242", { visibility: "direct" });

  const posts = await postCount("carla", 2);
  expect(posts[1]).toMatchObject({ Visibility__c: "private", Case__c: open.Id, Text__c: null });
  expect(posts[1]?.["Private_Text__c"]).toContain("QX7PLM");
  expect(await casesOf("carla")).toHaveLength(1);
  await expect(world.crmUser("sam").query("SELECT Private_Text__c FROM Social_Post__c")).rejects.toMatchObject({
    code: "INVALID_FIELD",
  });
  const cases = await rita.query(`SELECT Description FROM Case WHERE Id = '${open.Id}'`);
  expect(JSON.stringify(cases)).not.toContain("QX7PLM");
});

test("a closed Case opens again for a new question, and after a week a new Case goes on from it", async () => {
  const doris = await world.person("doris");
  const first = await doris.post("@nordwind where is my stroller?");
  const found = await soleCase("doris");
  await rita.update("Case", found.Id, { Status: "Closed" });

  lead = 60_000;
  const again = await doris.post("@nordwind it is still not here, where is it?", { replyTo: first });
  await waitFor("the Case to be open again", async () => (await casesOf("doris")).at(0)?.["IsClosed"] === false);
  expect(await casesOf("doris")).toHaveLength(1);

  await rita.update("Case", found.Id, { Status: "Closed" });
  lead = 8 * DAY_MS;
  await doris.post("@nordwind you promised to call me, why did nobody?", { replyTo: again });
  const cases = await waitFor("a second Case", async () => {
    const rows = await casesOf("doris");
    return rows.length === 2 && rows;
  });
  expect(cases[0]).toMatchObject({ IsClosed: true });
  expect(cases[1]).toMatchObject({ IsClosed: false, ParentId: found.Id });
  expect(cases[1]?.["Social_Case_Key__c"]).toMatch(/\|2$/);
});

test("thanks on a closed Case stay on it and leave it closed", async () => {
  const emil = await world.person("emil");
  const first = await emil.post("@nordwind can I bring my cello on board?");
  const found = await soleCase("emil");
  await rita.update("Case", found.Id, { Status: "Closed" });
  lead = 60_000;
  await emil.post("@nordwind thank you so much, great service!", { replyTo: first });
  const posts = await postCount("emil", 2);
  expect(posts[1]).toMatchObject({ Case__c: found.Id });
  expect(await casesOf("emil")).toMatchObject([{ IsClosed: true }]);
});

test("what a rep changed on the Case stays as it is when the customer goes on", async () => {
  const frida = await world.person("frida");
  const first = await frida.post("@nordwind my seat is broken, who repairs it?");
  const found = await soleCase("frida");
  const own = { OwnerId: await findUserId(rita, "rita"), Priority: "Low", Subject: "Seat 12C" };
  await rita.update("Case", found.Id, own);
  lead = 60_000;
  await frida.post("@nordwind and the lamp does not work, can you help?", { replyTo: first });
  await waitFor("the second post on the Case", async () => {
    const [row] = await casesOf("frida");
    return row?.["Social_Last_Inbound_At__c"] !== found["Social_Last_Inbound_At__c"];
  });
  expect(await rita.query(`SELECT Id, OwnerId, Priority, Subject FROM Case WHERE Id = '${found.Id}'`)).toMatchObject([
    own,
  ]);
});

test("an edit changes the text, a deletion takes it from post, Case and activity", async () => {
  const anna = await world.person("anna_bergmann");
  const post = await anna.post("@nordwind my password is hunter2, why can't I log in?");
  const found = await soleCase("anna_bergmann");
  await anna.edit(post, "@nordwind why can't I log in with hunter3?");
  await waitFor("the edited text", async () =>
    String((await postsOf("anna_bergmann"))[0]?.["Text__c"]).includes("hunter3"),
  );

  await anna.remove(post);
  await waitFor("the tombstone", async () => (await postsOf("anna_bergmann"))[0]?.["Text__c"] === null);
  await waitFor("the words to go everywhere", async () => {
    const left = JSON.stringify([
      await rita.query(`SELECT Subject, Description FROM Case WHERE Id = '${found.Id}'`),
      await rita.query("SELECT Text__c, Excerpt__c, Deleted_At__c FROM Social_Post__c"),
      await rita.query("SELECT Subject, Description FROM Task"),
    ]);
    return !left.includes("hunter");
  });
});
