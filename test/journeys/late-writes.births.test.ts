import { playLate, type LateWorld } from "./late-world.ts";
import type { NetworkUser, Shown } from "./network-user.ts";
import { mergeRecords } from "./record-acts.ts";
import { findWords, readWholeOrg } from "./whole-org.ts";
import { waitFor } from "./world.ts";

/** What a person makes of the Case of this customer, and of the post that stands on it. */
const FATES = {
  "merged away": async (world: LateWorld, handle: string) => {
    const found = await world.soleCase(handle);
    const master = await world.rita.create("Case", { Subject: "By phone", Origin: "Phone" });
    await mergeRecords(world.sandbox.orgUrl, { object: "Case", master, losers: [found.Id] });
    await waitFor("the master to be the customer's", async () => (await world.casesOf(handle))[0]?.Id === master);
  },
  deleted: async (world: LateWorld, handle: string) => {
    await world.ada.remove("Case", (await world.soleCase(handle)).Id);
  },
};

/** What its author makes of the post. */
const ACTS = {
  edits: async (world: LateWorld, handle: string, [person, said]: [NetworkUser, Shown]) => {
    await person.edit(said, "@nordwind where is my trumpet?");
    await waitFor("the new words", async () => String((await world.solePost(handle))["Text__c"]).includes("trumpet"));
  },
  deletes: async (world: LateWorld, handle: string, [person, said]: [NetworkUser, Shown]) => {
    await person.remove(said);
    await waitFor("the tombstone", async () => (await world.solePost(handle))["Deleted_At__c"] !== null);
  },
};

/** The unique key of what was removed is free again: only its turn tells that a birth comes too late. */
playLate((play) => {
  const scenes = Object.entries(FATES).flatMap(([fate, meet]) =>
    Object.entries(ACTS).map(([act, perform]) => ({ fate, meet, act, perform })),
  );
  for (const [index, { fate, meet, act, perform }] of scenes.entries())
    play(`a Case that was ${fate} is not born again, when its author ${act} the post`, async (world) => {
      const [handle, word] = [`again_${index}`, `xylophone-again_${index}`];
      await world.hold(word);
      const said = await world.complain(handle, `where is my ${word}?`);
      await world.lose();
      await world.solePost(handle);
      await meet(world, handle);
      await perform(world, handle, said);
      await world.expectLateCallToChangeNothing();
      expect(findWords(toStanding(readWholeOrg(world)), word)).toEqual([]);
    });

  for (const act of ["edits", "deletes", undefined] as const)
    play(
      `an activity that was removed is not born again${act ? `, when its author ${act} the post` : ""}`,
      async (world) => {
        const [handle, word] = [`task_${act ?? "stands"}`, `xylophone-task_${act ?? "stands"}`];
        await world.contact(handle, handle);
        await world.hold(`Social post by @${handle}`);
        const said = await world.complain(handle, `where is my ${word}?`);
        await world.lose();
        const tasks = () => world.rita.query(`SELECT Id FROM Task WHERE Subject LIKE 'Social post by @${handle}%'`);
        const task = await waitFor("the activity", async () => (await tasks())[0]);
        await world.ada.remove("Task", task.Id);
        if (act !== undefined) await ACTS[act](world, handle, said);
        const left = await tasks();
        await world.expectLateCallToChangeNothing();
        expect(await tasks()).toEqual(left);
        if (act !== undefined) expect(findWords(toStanding(readWholeOrg(world)), word)).toEqual([]);
      },
    );

  for (const when of ["", ", although the clock was set back meanwhile"])
    play(`a post and a Case that were removed are not born again${when}`, async (world) => {
      const [handle, word] = when === "" ? ["removed", "xylophone-removed"] : ["set_back", "xylophone-set_back"];
      await world.hold(word);
      await world.complain(handle, `where is my ${word}?`);
      await world.lose(() => {
        if (when !== "") world.setBack();
        return Promise.resolve();
      });
      const [found, post] = [await world.soleCase(handle), await world.solePost(handle)];
      await world.ada.remove("Case", found.Id);
      await world.ada.remove("Social_Post__c", post.Id);
      await world.expectLateCallToChangeNothing();
      expect(await world.casesOf(handle)).toEqual([]);
      expect(await world.postsOf(handle)).toEqual([]);
    });
});

/** The recycle bin, where nobody can change a row, is left out. */
function toStanding(org: ReturnType<typeof readWholeOrg>): ReturnType<typeof readWholeOrg> {
  return Object.fromEntries(Object.entries(org).map(([name, rows]) => [name, rows.filter(isStanding)]));
}

function isStanding(row: Readonly<Record<string, unknown>>): boolean {
  return row["IsDeleted"] !== 1;
}
