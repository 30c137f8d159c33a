import { systemClock } from "../../connector/clock.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";
import type { CrmRow, CrmUser } from "./crm-user.ts";
import type { NetworkUser, Shown } from "./network-user.ts";
import { convertLead, mergeRecords } from "./record-acts.ts";
import { replayPosts } from "./replay.ts";
import { untilQuiet } from "./whole-org.ts";
import { openWorld, waitFor, type World } from "./world.ts";

const POST = "Id, Case__c, Contact__c, Lead__c, Account__c, Sentiment__c, Needs_Response__c, Text__c, External_Key__c";
const CASE = "Id, Status, ContactId, OwnerId, Priority, Subject, Social_Conversation_Key__c, Social_Case_Key__c";

let world: World;
let rita: CrmUser;
let ada: CrmUser;

beforeAll(async () => {
  world = await openWorld();
  rita = world.crmUser("rita");
  ada = world.crmUser("ada");
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());

const from = (handle: string): string => `Handle__c = '${handle}@nordwind.social'`;
const postsOf = (handle: string) =>
  rita.query(`SELECT ${POST} FROM Social_Post__c WHERE Persona__r.${from(handle)} ORDER BY Posted_At__c, Id`);
const casesOf = (handle: string) =>
  ada.query(`SELECT ${CASE} FROM Case WHERE Social_Persona__r.${from(handle)} ORDER BY CaseNumber`);

async function tasksOf(handle: string): Promise<readonly CrmRow[]> {
  const keys = ["''", ...(await postsOf(handle)).map((post) => `'${String(post["External_Key__c"])}'`)];
  const where = `Social_Post_Key__c IN (${keys.join(",")})`;
  return await ada.query(`SELECT Id, WhoId, WhatId, Subject, Description FROM Task WHERE ${where} ORDER BY Id`);
}

/** A replay may add an activity of what was said before somebody was known; it changes nothing that is there. */
async function expectUnmovedByReplay(handle: string): Promise<void> {
  await untilQuiet(world);
  const before = { posts: await postsOf(handle), cases: await casesOf(handle), tasks: await tasksOf(handle) };
  await replayPosts(world);
  await untilQuiet(world);
  expect({ posts: await postsOf(handle), cases: await casesOf(handle) }).toEqual({
    posts: before.posts,
    cases: before.cases,
  });
  expect(await tasksOf(handle)).toEqual(expect.arrayContaining([...before.tasks]));
}

function posts(handle: string, count: number): Promise<readonly CrmRow[]> {
  return waitFor(`${count} posts of ${handle}`, async () => {
    const found = await postsOf(handle);
    return found.length >= count && found;
  });
}

const soleCase = (handle: string): Promise<CrmRow> =>
  waitFor(`a Case of ${handle}`, async () => (await casesOf(handle)).at(0));

async function decide(handle: string, link: Readonly<Record<string, string | null>>): Promise<void> {
  const [persona] = await rita.query(`SELECT Id FROM Social_Persona__c WHERE ${from(handle)}`);
  const signed = { Identity_Decided_By__c: "Rita Rep", Identity__c: "Linked", ...link };
  await rita.update("Social_Persona__c", persona?.Id ?? "", signed);
}

const contact = (handle: string, onRecord = true): Promise<string> =>
  ada.create("Contact", { LastName: handle, ...(onRecord ? { Mastodon__c: `${handle}@nordwind.social` } : {}) });

async function complain(handle: string, words = "where is my refund?"): Promise<[NetworkUser, Shown]> {
  const person = await world.person(handle);
  return [person, await person.post(`@nordwind ${words}`)];
}

test("who was taken for another customer is theirs no more, now and later", async () => {
  const [wrong, right] = [await contact("mixed_up"), await contact("right_one", false)];
  const [person, first] = await complain("mixed_up");
  await waitFor("the activity", async () => (await tasksOf("mixed_up")).at(0));
  expect(await tasksOf("mixed_up")).toMatchObject([{ WhoId: wrong }]);

  await decide("mixed_up", { Contact__c: right });
  await waitFor("the post with the right one", async () => (await postsOf("mixed_up"))[0]?.["Contact__c"] === right);
  expect(await tasksOf("mixed_up")).toMatchObject([{ WhoId: right }]);
  await person.post("@nordwind hello, is anybody there?", { replyTo: first });
  await waitFor("the second activity", async () => (await tasksOf("mixed_up")).length === 2);
  expect((await tasksOf("mixed_up")).map(({ WhoId }) => WhoId)).toEqual([right, right]);
  await expectUnmovedByReplay("mixed_up");
});

test("a match that a person undoes leaves nothing behind, and is not made again", async () => {
  await contact("undone");
  const [person, first] = await complain("undone");
  await waitFor("the activity", async () => (await tasksOf("undone")).at(0));
  await decide("undone", { Contact__c: null, Identity__c: "Anonymous" });
  await waitFor("the post without a Contact", async () => (await postsOf("undone"))[0]?.["Contact__c"] === null);
  await person.post("@nordwind hello, is anybody there?", { replyTo: first });
  expect(await posts("undone", 2)).toMatchObject([{ Contact__c: null }, { Contact__c: null }]);
  expect(await tasksOf("undone")).toMatchObject([{ WhoId: null, Description: null }]);
  await expectUnmovedByReplay("undone");
});

test("a match that a person refuses is not suggested again", async () => {
  await contact("twofold");
  await contact("twofold");
  const [person, first] = await complain("twofold");
  await soleCase("twofold");
  const persona = async () =>
    (await rita.query(`SELECT Id, Identity__c FROM Social_Persona__c WHERE ${from("twofold")}`))[0];
  await waitFor("the suggestion", async () => (await persona())?.["Identity__c"] === "Suggested");
  await expect(
    rita.update("Social_Persona__c", (await persona())?.Id ?? "", { Identity__c: "Anonymous" }),
  ).rejects.toThrow(/Enter your name/);
  await decide("twofold", { Identity__c: "Anonymous" });
  await person.post("@nordwind hello, is anybody there?", { replyTo: first });
  await posts("twofold", 2);
  await expectUnmovedByReplay("twofold");
  expect(await persona()).toMatchObject({ Identity__c: "Anonymous" });
});

test("a stranger whom a rep recognises is known in what they said before and say later", async () => {
  const known = await contact("recognised", false);
  const [person, first] = await complain("recognised");
  await soleCase("recognised");
  await decide("recognised", { Contact__c: known });
  await waitFor("the Case with its Contact", async () => (await soleCase("recognised"))["ContactId"] === known);
  expect(await postsOf("recognised")).toMatchObject([{ Contact__c: known }]);
  await person.post("@nordwind hello, is anybody there?", { replyTo: first });
  await waitFor("the activity", async () => (await tasksOf("recognised"))[0]?.["WhoId"] === known);
  await expectUnmovedByReplay("recognised");
});

test("a corrected label stays, through an edit and a replay, and is kept to learn from", async () => {
  const [person, first] = await complain("sarcastic", "great, my bag is lost again");
  const [post] = await posts("sarcastic", 1);
  await rita.update("Social_Post__c", post?.Id ?? "", { Sentiment__c: "negative", Topics__c: "baggage;humour" });
  await person.edit(first, "@nordwind great, my bag is lost again, thanks a lot");
  await waitFor("the edit", async () => String((await postsOf("sarcastic"))[0]?.["Text__c"]).includes("thanks a lot"));
  expect(await postsOf("sarcastic")).toMatchObject([{ Sentiment__c: "negative" }]);
  await expectUnmovedByReplay("sarcastic");

  await using journal = await openSqliteJournal({ file: world.config.journal, clock: systemClock, visitor: true });
  const corrected = await waitFor("the correction in the journal", async () => {
    for await (const entries of journal.since("decisions", "2020-01-01T00:00:00.000Z")) {
      const found = entries.find(({ key }) => key.startsWith(`${String(post?.["External_Key__c"])}/corrected/`));
      if (found !== undefined) return JSON.parse(found.value) as object;
    }
    return undefined;
  });
  expect(corrected).toMatchObject({ sentiment: "negative", topics: ["baggage", "humour"] });
  expect(JSON.stringify(corrected)).not.toContain("bag is");
});

test("a post for which a rep asks for a response gets a Case as any other", async () => {
  await complain("praising", "thank you, best crew ever, we love you!");
  const [post] = await posts("praising", 1);
  expect(post).toMatchObject({ Needs_Response__c: false, Case__c: null });
  await rita.update("Social_Post__c", post?.Id ?? "", { Needs_Response__c: true });
  const made = await soleCase("praising");
  expect(made["Subject"]).toContain("best crew ever");
  await waitFor("the post on its Case", async () => (await postsOf("praising"))[0]?.["Case__c"] === made.Id);
  await expectUnmovedByReplay("praising");
  expect(await casesOf("praising")).toHaveLength(1);
});

test("a post that a rep dismisses gets no Case by an edit or a replay, and reopens none", async () => {
  const [person, first] = await complain("dismissed");
  const made = await soleCase("dismissed");
  const [post] = await posts("dismissed", 1);
  await rita.update("Social_Post__c", post?.Id ?? "", { Needs_Response__c: false });
  await rita.update("Case", made.Id, { Status: "Closed" });
  await person.edit(first, "@nordwind where is my refund? I am furious!");
  await waitFor("the edit", async () => String((await postsOf("dismissed"))[0]?.["Text__c"]).includes("furious"));
  await expectUnmovedByReplay("dismissed");
  expect(await casesOf("dismissed")).toMatchObject([{ Id: made.Id, Status: "Closed" }]);

  await rita.update("Social_Post__c", post?.Id ?? "", { Case__c: null });
  await person.edit(first, "@nordwind where is my refund? I am really furious!");
  await waitFor("the edit", async () => String((await postsOf("dismissed"))[0]?.["Text__c"]).includes("really"));
  await expectUnmovedByReplay("dismissed");
  expect(await postsOf("dismissed")).toMatchObject([{ Case__c: null }]);
});

test("the customer's next post joins the Case that a rep made for a post, and follows it to another one", async () => {
  const [person, first] = await complain("by_hand", "thank you, best crew ever, we love you!");
  const [post] = await posts("by_hand", 1);
  const made = await rita.create("Case", { Subject: "Call her back", Origin: "Phone" });
  await rita.update("Social_Post__c", post?.Id ?? "", { Case__c: made });
  await waitFor("the Case as the customer's", async () => (await casesOf("by_hand")).at(0));
  expect(await casesOf("by_hand")).toMatchObject([{ Id: made, Subject: "Call her back", Social_Case_Key__c: null }]);
  const second = await person.post("@nordwind by the way, where is my refund?", { replyTo: first });
  const [, joined] = await posts("by_hand", 2);
  expect(joined).toMatchObject({ Case__c: made });

  const other = await rita.create("Case", { Subject: "Refunds", Origin: "Phone" });
  await rita.update("Social_Post__c", joined?.Id ?? "", { Case__c: other });
  await person.post("@nordwind hello, is anybody there?", { replyTo: second });
  expect((await posts("by_hand", 3))[2]).toMatchObject({ Case__c: other });
  await expectUnmovedByReplay("by_hand");
});

test("a reply that waits on a Case goes out when that is merged into another one, where the next post joins", async () => {
  const [person, first] = await complain("merged_case");
  const loser = await soleCase("merged_case");
  const [post] = await posts("merged_case", 1);
  const master = await rita.create("Case", { Subject: "By phone", Origin: "Phone" });
  const [account] = await rita.query("SELECT Id FROM Social_Account__c");
  await world.connector.stop();
  await rita.create("Social_Reply__c", {
    Post__c: post?.Id,
    Case__c: loser.Id,
    Social_Account__c: account?.Id,
    Text__c: "We look into it.",
    Route__c: "Public reply",
    Status__c: "Queued",
  });
  await mergeRecords(world.sandbox.orgUrl, { object: "Case", master, losers: [loser.Id] });
  await world.connector.start();
  await waitFor("the answer", async () => (await person.answersTo(first)).at(0));
  await waitFor("the master as the customer's", async () => (await casesOf("merged_case"))[0]?.Id === master);
  await person.post("@nordwind hello, is anybody there?", { replyTo: first });
  expect(await posts("merged_case", 2)).toMatchObject([{ Case__c: master }, { Case__c: master }]);
  await expectUnmovedByReplay("merged_case");
  expect(await casesOf("merged_case")).toHaveLength(1);
});

test("a customer whose Contacts are merged is the one that is left", async () => {
  const [loser, master] = [await contact("double"), await contact("double_too", false)];
  const [person, first] = await complain("double");
  await waitFor("the activity", async () => (await tasksOf("double")).at(0));
  await mergeRecords(world.sandbox.orgUrl, { object: "Contact", master, losers: [loser] });
  await person.post("@nordwind hello, is anybody there?", { replyTo: first });
  await posts("double", 2);
  await waitFor("the second activity", async () => (await tasksOf("double")).length === 2);
  expect((await postsOf("double")).map((post) => post["Contact__c"])).toEqual([master, master]);
  expect((await tasksOf("double")).map(({ WhoId }) => WhoId)).toEqual([master, master]);
  await expectUnmovedByReplay("double");
});

test("a Lead who becomes a Contact goes on as that Contact", async () => {
  const lead = await ada.create("Lead", {
    LastName: "Prospect",
    Company: "Prospects",
    Mastodon__c: "prospect@nordwind.social",
  });
  const [person, first] = await complain("prospect");
  await waitFor("the activity", async () => (await tasksOf("prospect"))[0]?.["WhoId"] === lead);
  const became = await convertLead(world.sandbox.orgUrl, lead);
  await waitFor("the Case with its Contact", async () => (await soleCase("prospect"))["ContactId"] === became.contact);
  expect(await postsOf("prospect")).toMatchObject([
    { Lead__c: lead, Contact__c: became.contact, Account__c: became.account },
  ]);
  await person.post("@nordwind hello, is anybody there?", { replyTo: first });
  await waitFor("the second activity", async () => (await tasksOf("prospect")).length === 2);
  expect((await tasksOf("prospect")).map(({ WhoId }) => WhoId)).toEqual([became.contact, became.contact]);
  await expectUnmovedByReplay("prospect");
});
