import { systemClock } from "../../connector/clock.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";
import { earshot } from "./earshot.ts";
import { playLate, type LateWorld } from "./late-world.ts";
import type { Shown } from "./network-user.ts";
import { findWords, readWholeOrg } from "./whole-org.ts";
import { waitFor } from "./world.ts";

/** As long as they are not in use, each attempt to record the post is held. */
const ATTEMPTS = 50;

/** Somebody speaks of us, and it matters by a rule; the call that records it is held, and the rule goes. */
async function speakInVain(
  world: LateWorld,
  word: string,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
) {
  const cora = world.crmUser("cora");
  const { salesforce } = world.config;
  const patient = { ...world.config, salesforce: { ...salesforce, callSeconds: 60 } };
  expect((await earshot(patient, "setup")).out).toContain("Default rules");
  const rule = { Name: word, Order__c: 1, Condition__c: `text.says(["${word}"])`, Response__c: "Needed" };
  const id = await cora.create("Social_Rule__c", { ...rule, Active__c: true });
  await waitFor("the rules in use", async () => {
    const rows = await cora.query("SELECT Id, State__c FROM Social_Rule__c");
    return rows.every((row) => row["State__c"] === "In use") && rows.some((row) => row.Id === id);
  });
  const person = await world.person(word);
  await world.hold(`Text__c":"nordwind lost my ${word}`, 0, ATTEMPTS);
  const said = await person.post(`nordwind lost my ${word}`);
  await world.lose(async () => {
    await cora.remove("Social_Rule__c", id);
    await meanwhile();
  });
  return { person, said };
}

/** In the end nothing was to come of it. */
async function untilIgnored(world: LateWorld, { id }: Shown): Promise<void> {
  await using journal = await openSqliteJournal({ file: world.config.journal, clock: systemClock, visitor: true });
  await waitFor("the post to be unwanted", async () => {
    for await (const entries of journal.since("decisions", "2020-01-01T00:00:00.000Z"))
      if (entries.some(({ key }) => key.endsWith(`/${id}#0/ignored`))) return true;
    return false;
  });
}

const untilGone = (world: LateWorld, handle: string): Promise<true> =>
  waitFor("the tombstone", async () => (await world.postsOf(handle)).some((row) => row["Deleted_At__c"] !== null));

playLate((play) => {
  play("a post that nobody wants any more, and then is deleted, leaves no words", async (world) => {
    const word = "unwanted_gone";
    const { person, said } = await speakInVain(world, word);
    await untilIgnored(world, said);
    expect(await world.postsOf(word)).toEqual([]);
    await person.remove(said);
    await untilGone(world, word);
    await world.expectLateCallToChangeNothing();
    expect(findWords(readWholeOrg(world), `my ${word}`)).toEqual([]);
  });

  play("nor does one that is deleted before that is found", async (world) => {
    const word = "gone_unwanted";
    const { person, said } = await speakInVain(world, word, () => Promise.resolve());
    await person.remove(said);
    await untilGone(world, word);
    await world.expectLateCallToChangeNothing();
    expect(findWords(readWholeOrg(world), `my ${word}`)).toEqual([]);
  });

  play("of one that is edited the new words stand", async (world) => {
    const word = "unwanted_edit";
    const { person, said } = await speakInVain(world, word);
    await untilIgnored(world, said);
    await person.edit(said, "nordwind found a trumpet");
    await waitFor("the new words", async () =>
      (await world.postsOf(word)).some((row) => String(row["Text__c"]).includes("trumpet")),
    );
    await world.expectLateCallToChangeNothing();
    expect(findWords(readWholeOrg(world), `my ${word}`)).toEqual([]);
  });
});
