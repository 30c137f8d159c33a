import { copyFile, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { openDirectory } from "../fakes/directory.ts";
import type { CrmRow, CrmUser } from "./crm-user.ts";
import { earshot } from "./earshot.ts";
import type { Shown } from "./network-user.ts";
import { openWorld, waitFor, type World } from "./world.ts";

const FORGOTTEN = "my card is 4242";

/** Ways to put a backup back in place. */
const ways: readonly (readonly [string, (world: World, backup: string) => Promise<void>])[] = [
  ["put in place", (world, backup) => copyFile(backup, world.config.journal)],
  [
    "divided otherwise",
    async (world, backup) => {
      const { journal } = world.config;
      const { code } = await earshot(
        world.config,
        "migrate-journal",
        "--from",
        backup,
        "--to",
        journal,
        "--partitions",
        "5",
      );
      expect(code).toBe(0);
    },
  ],
];

test.each(ways)(
  "a backup that is older than what was done since, %s: nothing is sent twice, lost, doubled or brought back",
  async (_name, putInPlace) => {
    await using world = await openWorld();
    await using elsewhere = await openDirectory();
    const backup = path.join(elsewhere.path, "backup.db");
    const rita = world.crmUser("rita");
    const [anna, ben, cleo, dora] = await Promise.all(
      ["anna", "ben", "cleo", "dora"].map((name) => world.person(name)),
    );
    if (!anna || !ben || !cleo || !dora) throw new Error("somebody is missing");
    const asked = await anna.post("@nordwind where is my bag?");
    const wrong = await ben.post("@nordwind my flight NW12 is late");
    const secret = await cleo.post(`@nordwind ${FORGOTTEN}, why was it refused?`);
    const [first, second] = [await rowOf(rita, asked), await rowOf(rita, wrong)];
    await rowOf(rita, secret);

    // In the backup this answer has been begun, and the next one is not known.
    await order(world, [{ method: "POST", path: "/api/v1/statuses", status: 503, times: 1000 }]);
    const begun = await answer(rita, first, "It comes with the evening flight.");
    await statusOf(rita, begun, "Sending");
    expect(await earshot(world.config, "backup", backup)).toMatchObject({ code: 0, err: "" });
    await fetch(`${world.sandbox.networkUrl}/sandbox/faults`, { method: "DELETE" });
    await statusOf(rita, begun, "Sent");
    const later = await answer(rita, second, "It leaves at noon.");
    await statusOf(rita, later, "Sent");
    await ben.edit(wrong, "@nordwind my flight NW21 is late");
    await cleo.remove(secret);
    await rowOf(rita, await dora.post("@nordwind thank you for nothing"));
    await waitFor("the edit", async () => String((await rowOf(rita, wrong))["Text__c"]).includes("NW21"));
    await waitFor("the deletion", async () => (await rowOf(rita, secret))["Deleted_At__c"] !== null);
    const before = await count(rita);

    await world.connector.stop();
    const { journal } = world.config;
    for (const end of ["", "-wal", "-shm", ".lock"]) await rm(`${journal}${end}`, { force: true });
    await putInPlace(world, backup);
    expect((await readFile(journal)).includes(FORGOTTEN)).toBe(true);
    await world.connector.start();
    const eva = await world.person("eva");
    await rowOf(rita, await eva.post("@nordwind and my seat?"));
    const key = String((await rowOf(rita, secret))["External_Key__c"]);
    await waitFor("the words to be gone", async () => (await earshot(world.config, "certificate", key)).code === 0);

    expect(await anna.answersTo(asked)).toHaveLength(1);
    expect(await ben.answersTo(wrong)).toHaveLength(1);
    expect((await rowOf(rita, wrong))["Text__c"]).toContain("NW21");
    expect((await rowOf(rita, secret))["Text__c"]).toBeNull();
    for (const id of [begun, later]) await statusOf(rita, id, "Sent");
    // One more customer, with a post and a Case.
    expect(await count(rita)).toEqual({ posts: before.posts + 1, cases: before.cases + 1 });
  },
  120_000,
);

function rowOf(rita: CrmUser, { id }: Shown): Promise<CrmRow> {
  const fields = "Id, External_Key__c, Case__c, Social_Account__c, Text__c, Deleted_At__c";
  return waitFor(`the row of ${id}`, async () => {
    const rows = await rita.query(
      `SELECT ${fields} FROM Social_Post__c WHERE External_Key__c LIKE '%/${id}' AND Case__c != null`,
    );
    return rows[0];
  });
}

function answer(rita: CrmUser, row: CrmRow, text: string): Promise<string> {
  return rita.create("Social_Reply__c", {
    Post__c: row.Id,
    Case__c: row["Case__c"],
    Social_Account__c: row["Social_Account__c"],
    Text__c: text,
    Route__c: "Public reply",
    Status__c: "Queued",
  });
}

async function statusOf(rita: CrmUser, id: string, status: string): Promise<void> {
  await waitFor(`the answer to be ${status}`, async () => {
    const [row] = await rita.query(`SELECT Id, Status__c FROM Social_Reply__c WHERE Id = '${id}'`);
    return row?.["Status__c"] === status;
  });
}

async function count(rita: CrmUser): Promise<{ readonly posts: number; readonly cases: number }> {
  const posts = await rita.query("SELECT Id FROM Social_Post__c");
  const cases = await rita.query("SELECT Id FROM Case WHERE Origin = 'Social'");
  return { posts: posts.length, cases: cases.length };
}

async function order(world: World, faults: readonly object[]): Promise<void> {
  await fetch(`${world.sandbox.networkUrl}/sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(faults),
  });
}
