import { findUserId, type CrmRow } from "./crm-user.ts";
import { mergeRecords } from "./record-acts.ts";
import { playLate, type LateWorld } from "./late-world.ts";
import { findWords, readWholeOrg } from "./whole-org.ts";
import { waitFor } from "./world.ts";

const soleTask = (world: LateWorld, handle: string): Promise<CrmRow> =>
  waitFor(`an activity of ${handle}`, async () =>
    (await world.rita.query(`SELECT Id, WhoId FROM Task WHERE Subject LIKE 'Social post by @${handle}%'`)).at(0),
  );
const untilText = (world: LateWorld, handle: string, words: string): Promise<true> =>
  waitFor(`“${words}” of ${handle}`, async () => String((await world.postsOf(handle))[0]?.["Text__c"]).includes(words));
const untilGone = (world: LateWorld, handle: string): Promise<true> =>
  waitFor(`the tombstone of ${handle}`, async () =>
    (await world.postsOf(handle)).some((row) => row["Deleted_At__c"] !== null),
  );

async function decide(world: LateWorld, handle: string, contact: string | null): Promise<void> {
  const [persona] = await world.rita.query(
    `SELECT Id FROM Social_Persona__c WHERE Handle__c = '${handle}@nordwind.social'`,
  );
  await world.rita.update("Social_Persona__c", persona?.Id ?? "", {
    ...{ Contact__c: contact, Identity__c: contact === null ? "Anonymous" : "Linked" },
    Identity_Decided_By__c: "Rita Rep",
  });
}

/** What a rep makes of a Case, all of it theirs. */
const OWN = { Subject: "Seat 12C", Priority: "Low" };
async function takeOver(world: LateWorld, found: CrmRow): Promise<void> {
  await world.rita.update("Case", found.Id, { ...OWN, OwnerId: await findUserId(world.rita, "rita") });
}

playLate((play) => {
  const expectNoWord = (world: LateWorld, word: string): void =>
    expect(findWords(readWholeOrg(world), word)).toEqual([]);

  play("a first record: what a rep made of the Case stands, and no old words come back", async (world) => {
    const [handle, word] = ["birth", "xylophone-birth"];
    await world.hold(word);
    const [person, said] = await world.complain(handle, `where is my ${word}?`);
    await world.lose();
    const [found, post] = [await world.soleCase(handle), await world.solePost(handle)];
    await world.rita.update("Social_Post__c", post.Id, { Sentiment__c: "mixed" });
    await person.edit(said, "@nordwind where is my trumpet?");
    await untilText(world, handle, "trumpet");
    await takeOver(world, found);
    await world.rita.update("Case", found.Id, { Status: "Closed" });
    await world.expectLateCallToChangeNothing();
    expect(await world.casesOf(handle)).toMatchObject([{ ...OWN, Status: "Closed" }]);
    expect(await world.postsOf(handle)).toMatchObject([{ Sentiment__c: "mixed" }]);
    expectNoWord(world, word);
  });

  play("a first record: of what was deleted meanwhile nothing comes to stand", async (world) => {
    const [handle, word] = ["born_gone", "xylophone-born_gone"];
    await world.contact(handle, handle);
    await world.hold(word);
    const [person, said] = await world.complain(handle, `where is my ${word}?`);
    await world.lose(() => person.remove(said));
    await untilGone(world, handle);
    await world.expectLateCallToChangeNothing();
    expectNoWord(world, word);
  });

  play("links and activities: a match that a rep undid, and what she wrote, stand", async (world) => {
    const handle = "linked";
    await world.contact(handle, handle);
    await world.hold(`Social post by @${handle}`);
    await world.complain(handle, "where is my refund?");
    await world.lose();
    const { Id } = await soleTask(world, handle);
    await world.rita.update("Task", Id, { Subject: "Called her", Description: "She is fine." });
    await decide(world, handle, null);
    await waitFor("the post of nobody", async () => (await world.postsOf(handle))[0]?.["Contact__c"] === null);
    await world.expectLateCallToChangeNothing();
    const [task] = await world.rita.query(`SELECT Id, WhoId, Subject FROM Task WHERE Id = '${Id}'`);
    expect(task).toMatchObject({ WhoId: null, Subject: "Called her" });
  });

  play("links and activities: of what was deleted meanwhile no activity tells", async (world) => {
    const [handle, word] = ["task_gone", "xylophone-task_gone"];
    await world.contact(handle, handle);
    const [person] = await world.complain(handle, "where is my refund?");
    await soleTask(world, handle);
    await world.hold(`: @nordwind where is my ${word}`);
    const said = await person.post(`@nordwind where is my ${word}?`);
    await world.lose(() => person.remove(said));
    await untilGone(world, handle);
    await world.expectLateCallToChangeNothing();
    expectNoWord(world, word);
  });

  play("an edit: newer words and a rep's own stand", async (world) => {
    const [handle, word] = ["edited", "xylophone-edited"];
    await world.contact(handle, handle);
    const [person, said] = await world.complain(handle, "where is my refund?");
    await soleTask(world, handle);
    const found = await world.soleCase(handle);
    await world.hold(word);
    await person.edit(said, `@nordwind where is my ${word}?`);
    await world.lose(() => takeOver(world, found));
    await person.edit(said, "@nordwind where is my trumpet?");
    await untilText(world, handle, "trumpet");
    await world.expectLateCallToChangeNothing();
    expect(await world.casesOf(handle)).toMatchObject([OWN]);
    expectNoWord(world, word);
  });

  play("an edit: its words find no place when they were deleted meanwhile", async (world) => {
    const [handle, word] = ["edit_gone", "xylophone-edit_gone"];
    await world.contact(handle, handle);
    const [person, said] = await world.complain(handle, "where is my refund?");
    await soleTask(world, handle);
    await world.hold(word);
    await person.edit(said, `@nordwind where is my ${word}?`);
    await world.lose();
    await untilText(world, handle, word);
    await person.remove(said);
    await untilGone(world, handle);
    await world.expectLateCallToChangeNothing();
    expectNoWord(world, word);
  });

  play("a reopening: what a rep closed since stays closed", async (world) => {
    const [handle, word] = ["closed", "xylophone-closed"];
    const [person, said] = await world.complain(handle, "where is my refund?");
    const found = await world.soleCase(handle);
    await world.rita.update("Case", found.Id, { Status: "Closed" });
    world.nextMinute();
    await world.hold(word);
    await person.post(`@nordwind and where is my ${word}?`, { replyTo: said });
    await world.lose();
    await waitFor("the Case to be open", async () => (await world.soleCase(handle))["IsClosed"] === false);
    world.nextMinute();
    await world.rita.update("Case", found.Id, { Status: "Closed", Priority: "Low" });
    await world.expectLateCallToChangeNothing();
    expect(await world.casesOf(handle)).toMatchObject([{ Status: "Closed", Priority: "Low" }]);
  });

  play("a second post: a Case that was merged away comes back neither", async (world) => {
    const [handle, word] = ["merged", "xylophone-merged"];
    const [person, said] = await world.complain(handle, "where is my refund?");
    const found = await world.soleCase(handle);
    await world.hold(word);
    await person.post(`@nordwind and where is my ${word}?`, { replyTo: said });
    const master = await world.rita.create("Case", { Subject: "By phone", Origin: "Phone" });
    await world.lose(() => mergeRecords(world.sandbox.orgUrl, { object: "Case", master, losers: [found.Id] }));
    await waitFor(
      "both posts on the master",
      async () => (await world.postsOf(handle)).filter((post) => post["Case__c"] === master).length === 2,
    );
    await world.expectLateCallToChangeNothing();
    expect(await world.casesOf(handle)).toMatchObject([{ Id: master, Subject: "By phone" }]);
  });

  play("an erasing: what a rep wrote since stays, and nothing that was erased comes back", async (world) => {
    const [handle, word] = ["erased", "xylophone-erased"];
    await world.contact(handle, handle);
    const [person, said] = await world.complain(handle, `where is my ${word}?`);
    const task = await soleTask(world, handle);
    const [found, post] = [await world.soleCase(handle), await world.solePost(handle)];
    await world.hold(`"Id":"${post.Id}"`);
    await person.remove(said);
    await world.lose(() => takeOver(world, found));
    await untilGone(world, handle);
    await world.rita.update("Case", found.Id, { Description: "Called her." });
    await world.rita.update("Task", task.Id, { Description: "She is fine." });
    await world.expectLateCallToChangeNothing();
    expect(await world.casesOf(handle)).toMatchObject([{ ...OWN, Description: "Called her." }]);
    expectNoWord(world, word);
  });

  for (const row of ["activity", "post"])
    play(`what follows a match (its ${row}): the person's last word counts`, async (world) => {
      const handle = `decided_${row}`;
      const first = await world.contact(handle, handle);
      const [second, third] = [await world.contact("second"), await world.contact("third")];
      await world.complain(handle, "where is my refund?");
      const task = await soleTask(world, handle);
      expect(task).toMatchObject({ WhoId: first });
      await world.hold(`"Id":"${row === "post" ? (await world.solePost(handle)).Id : task.Id}"`);
      await decide(world, handle, second);
      await world.lose(() => decide(world, handle, third));
      await waitFor("the post of the third", async () => (await world.postsOf(handle))[0]?.["Contact__c"] === third);
      await world.expectLateCallToChangeNothing();
      expect(await world.postsOf(handle)).toMatchObject([{ Contact__c: third }]);
      const [given] = await world.rita.query(`SELECT Id, WhoId FROM Task WHERE Id = '${task.Id}'`);
      expect(given).toMatchObject({ WhoId: third });
    });
});
