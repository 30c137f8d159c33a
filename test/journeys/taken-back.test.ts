import { DatabaseSync } from "node:sqlite";
import type { CrmRow, CrmUser } from "./crm-user.ts";
import { findWords, readWholeOrg } from "./whole-org.ts";
import { openWorld, waitFor, type World } from "./world.ts";

let world: World;
let rita: CrmUser;
beforeAll(async () => {
  world = await openWorld();
  rita = world.crmUser("rita");
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());

const FIELDS = "Id, Text__c, Case__c, Social_Account__c, Deleted_At__c";
const postOf = (handle: string, fits: (row: CrmRow) => boolean = () => true): Promise<CrmRow> =>
  waitFor(`the post of ${handle}`, async () => {
    const from = `Persona__r.Handle__c = '${handle}@nordwind.social'`;
    return (await rita.query(`SELECT ${FIELDS} FROM Social_Post__c WHERE ${from}`)).find(fits);
  });

/** A rep who has read the post answers it. */
const draft = (read: CrmRow, more: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  rita.create("Social_Reply__c", {
    ...{ Post__c: read.Id, Social_Account__c: read["Social_Account__c"], Route__c: "Public reply" },
    ...{ Text__c: `You wrote: “${String(read["Text__c"])}” Sorry!`, Status__c: "Draft", ...more },
  });

const textOf = async (id: string): Promise<string> =>
  String((await rita.query(`SELECT Id, Text__c FROM Social_Reply__c WHERE Id = '${id}'`))[0]?.["Text__c"]);

/** In any row of the org or of the journal. */
function placesOf(word: string): readonly string[] {
  using journal = new DatabaseSync(world.config.journal, { readOnly: true });
  const values = journal.prepare("SELECT key, value FROM entry UNION ALL SELECT key, value FROM document").all();
  const held = values.filter(({ value }) => String(value).includes(word)).map(({ key }) => String(key));
  return [...findWords(readWholeOrg(world), word), ...held];
}

const untilNowhere = (word: string): Promise<true> =>
  waitFor(`“${word}” to be nowhere`, () => Promise.resolve(placesOf(word).length === 0));

test.each(["while the connector runs", "while it is away"])(
  "who read a post before its author edited it, and saves an answer %s, saves no former words",
  async (when) => {
    const isAway = when === "while it is away";
    const handle = isAway ? "away" : "stale";
    const [word, person] = [`xylophone-${handle}`, await world.person(handle)];
    const said = await person.post(`@nordwind where is my ${word}, which I have missed for days?`);
    const read = await postOf(handle);
    await person.edit(said, "@nordwind where is my trumpet?");
    await postOf(handle, (row) => String(row["Text__c"]).includes("trumpet"));
    await untilNowhere(word);

    if (isAway) await world.connector.stop();
    const drafts = [await draft(read), await draft(read, { Case__c: read["Case__c"], Post__c: null })];
    if (isAway) await world.connector.start();
    for (const id of drafts)
      await waitFor("the words to be cut out", async () => (await textOf(id)).includes("[changed by its author]"));
    for (const id of drafts) expect(await textOf(id)).toBe("You wrote: “[changed by its author]” Sorry!");
    await untilNowhere(word);
  },
);

test("who read a post before its author deleted it is told so, and saves nothing", async () => {
  const person = await world.person("deleted");
  const said = await person.post("@nordwind where is my xylophone-deleted?");
  const read = await postOf("deleted");
  await person.remove(said);
  await postOf("deleted", (row) => row["Deleted_At__c"] !== null);
  await expect(draft(read)).rejects.toThrow(/The author has deleted this post meanwhile/);
  await untilNowhere("xylophone-deleted");
});
