import type { CrmRow } from "./crm-user.ts";
import { playLate, type LateWorld } from "./late-world.ts";
import { waitFor } from "./world.ts";

/** A rep answers; the org keeps the call that claims the answer, or the one that tells its verdict. */
async function answer(world: LateWorld, handle: string, held: string): Promise<string> {
  const post = await world.solePost(handle);
  const id = await world.rita.create("Social_Reply__c", {
    ...{ Post__c: post.Id, Case__c: post["Case__c"], Social_Account__c: post["Social_Account__c"] },
    ...{ Text__c: "We found it in Oslo.", Route__c: "Public reply", Status__c: "Draft" },
  });
  await world.hold(`"Id":"${id}"`, held === "verdict" ? 1 : 0);
  await world.rita.update("Social_Reply__c", id, { Status__c: "Queued" });
  return id;
}

function untilSettled(world: LateWorld, id: string, status: string): Promise<CrmRow> {
  return waitFor(`the reply to be ${status}`, async () => {
    const fields = "Id, Status__c, Attempt__c, Sent_Text__c";
    const [row] = await world.rita.query(`SELECT ${fields} FROM Social_Reply__c WHERE Id = '${id}'`);
    return row?.["Status__c"] === status && row;
  });
}

const untilAnswered = (world: LateWorld, handle: string): Promise<true> =>
  waitFor("our answer on the Case", async () => (await world.soleCase(handle))["Social_First_Response_At__c"] !== null);

async function refuseOnce(world: LateWorld): Promise<void> {
  await fetch(`${world.sandbox.networkUrl}/sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([{ match: { method: "POST", path: "/api/v1/statuses" }, act: "422" }]),
  });
}

playLate((play) => {
  for (const held of ["claim", "verdict"]) {
    const named = (name: string): string => `${name}_${held}`;

    play(`a ${held}: sent once, it stays so`, async (world) => {
      const handle = named("sent");
      const [person, said] = await world.complain(handle, "where is my bag?");
      await world.soleCase(handle);
      const id = await answer(world, handle, held);
      await world.lose();
      await untilSettled(world, id, "Sent");
      await untilAnswered(world, handle);
      await world.expectLateCallToChangeNothing();
      expect(await untilSettled(world, id, "Sent")).toMatchObject({ Attempt__c: 1 });
      expect(await person.answersTo(said)).toHaveLength(1);
    });

    play(`a ${held}: deleted in the network's own app, our words come back nowhere`, async (world) => {
      const handle = named("taken_back");
      const [person, said] = await world.complain(handle, "where is my bag?");
      await world.soleCase(handle);
      const id = await answer(world, handle, held);
      await world.lose();
      await untilSettled(world, id, "Sent");
      await untilAnswered(world, handle);
      const answers = await person.answersTo(said);
      for (const ours of answers) await world.company.remove(ours);
      for (const ours of answers) {
        const gone = `SELECT Id FROM Social_Post__c WHERE External_Key__c LIKE '%/${ours.id}' AND Deleted_At__c != null`;
        await waitFor("our post's tombstone", async () => (await world.rita.query(gone)).length === 1);
      }
      await waitFor("the erased answer", async () => (await untilSettled(world, id, "Sent"))["Sent_Text__c"] === null);
      await world.expectLateCallToChangeNothing();
      expect(await person.answersTo(said)).toEqual([]);
    });

    play(`a ${held}: refused, and sent when a person tried again, it does not go back`, async (world) => {
      const handle = named("again");
      const [person, said] = await world.complain(handle, "where is my bag?");
      await world.soleCase(handle);
      await refuseOnce(world);
      const id = await answer(world, handle, held);
      await world.lose();
      await untilSettled(world, id, "Failed");
      await world.rita.update("Social_Reply__c", id, { Decision__c: "Retry" });
      await untilSettled(world, id, "Sent");
      await untilAnswered(world, handle);
      await world.expectLateCallToChangeNothing();
      expect(await untilSettled(world, id, "Sent")).toMatchObject({ Attempt__c: 2 });
      expect(await person.answersTo(said)).toHaveLength(1);
    });
  }
});
