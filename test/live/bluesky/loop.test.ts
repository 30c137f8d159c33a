import { systemClock } from "../../../connector/clock.ts";
import type { AccountConfig, Config } from "../../../connector/config.ts";
import type { CrmRow, CrmUser } from "../../journeys/crm-user.ts";
import { openWorld, waitFor } from "../../journeys/world.ts";
import type { World } from "../../journeys/world.ts";
import { Refused } from "../../fakes/bluesky/refusal.ts";
import { openHost } from "./host.ts";
import { openNetwork } from "./network.ts";
import type { Network } from "./network.ts";
import type { Person } from "./person.ts";

/** From a real network to a Case and back, with the connector as it runs. */

const host = openHost();
let network: Network;
let company: Person;
let world: World;
let rita: CrmUser;

beforeAll(async () => {
  network = await openNetwork(host);
  company = await network.person("nordwind");
  const password = await company.newAppPassword("Earshot", true);
  const account: AccountConfig = {
    network: "bluesky",
    handle: company.handle,
    passwordEnv: "EARSHOT_BLUESKY_PASSWORD",
    password,
    service: network.front.url,
    jetstream: network.jetstream.url,
    plc: network.plc,
    messages: true,
    mode: "engage",
    words: ["nordwind"],
  };
  // Waits are shorter than with customers, and nothing else is another.
  const clock = { ...systemClock, sleep: (ms: number, signal: AbortSignal) => systemClock.sleep(ms / 10, signal) };
  const config = (one: Config): Config => ({
    ...one,
    salesforce: { ...one.salesforce, sweepSeconds: 2 },
    accounts: [account],
  });
  world = await openWorld({ clock, config });
  rita = world.crmUser("rita");
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await network[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
});

const FIELDS =
  "Id, External_Key__c, Text__c, Private_Text__c, Case__c, Social_Account__c, Direction__c, Edited_At__c, Deleted_At__c, Persona__r.Handle__c";

async function rowOf(post: string): Promise<CrmRow | undefined> {
  const rows = await rita.query(`SELECT ${FIELDS} FROM Social_Post__c WHERE External_Key__c = '${post}'`);
  return rows.at(0);
}

/** The row of a post, as soon as it is on a Case. */
function onCase(post: string): Promise<CrmRow> {
  return waitFor("the post on a Case", async () => {
    const row = await rowOf(post);
    return typeof row?.["Case__c"] === "string" && row;
  });
}

async function answer(row: CrmRow, text: string, route = "Public reply"): Promise<string> {
  return await rita.create("Social_Reply__c", {
    Post__c: row.Id,
    Case__c: row["Case__c"],
    Social_Account__c: row["Social_Account__c"],
    [route === "Private message" ? "Private_Text__c" : "Text__c"]: text,
    Route__c: route,
    Status__c: "Queued",
  });
}

function sent(reply: string): Promise<CrmRow> {
  return waitFor("the reply to be Sent", async () => {
    const [row] = await rita.query(`SELECT Id, Status__c, Sent_Post_Key__c FROM Social_Reply__c WHERE Id = '${reply}'`);
    return row?.["Status__c"] === "Sent" && row;
  });
}

test("a question becomes a Case, the rep's answer stands under it, and what comes back joins the same Case", async () => {
  const anna = await network.person("anna");
  const question = await anna.say("@nordwind.test where is my bag?");
  const row = await onCase(question);
  expect(row).toMatchObject({ Text__c: "@nordwind.test where is my bag?", Persona__r: { Handle__c: "anna.test" } });

  const { Sent_Post_Key__c: ours } = await sent(
    await answer(row, "In Oslo, Anna. More at https://nordwind.example/bags"),
  );
  expect(await anna.answersTo(question, company)).toEqual(["In Oslo, Anna. More at https://nordwind.example/bags"]);
  expect(await onCase(String(ours))).toMatchObject({ Case__c: row["Case__c"], Direction__c: "Outbound" });

  const thanks = await anna.say("thank you! When can I have it?", String(ours));
  expect(await onCase(thanks)).toMatchObject({ Case__c: row["Case__c"], Direction__c: "Inbound" });
});

test("a private message is answered privately, and never in public", async () => {
  const clara = await network.person("clara");
  const question = await clara.write(company, "my booking is ABC123", { keptBy: company });
  const row = await onCase(question);
  await sent(await answer(row, "It is confirmed, Clara.", "Private message"));
  expect(clara.messages()).toEqual(["It is confirmed, Clara."]);
  const inPublic = [...network.stored.records.values()].map(({ value }) => String(value["text"]));
  expect(inPublic.filter((text) => text.includes("confirmed"))).toEqual([]);
});

test("what is said, edited and deleted while the connector is down is there when it is back, each once", async () => {
  const dora = await network.person("dora");
  const [edited, deleted] = [
    await dora.say("@nordwind.test may I have a window seat?"),
    await dora.say("@nordwind.test is my bag ABC123 lost?"),
  ];
  const before = await Promise.all([onCase(edited), onCase(deleted)]);
  await world.connector.stop();
  await dora.edit(edited, "@nordwind.test may I have an aisle seat?");
  await dora.remove(deleted);
  const said = [
    await dora.say("@nordwind.test hello, can you help me?"),
    await dora.say("@nordwind.test is anybody there?"),
  ];
  const waiting = await answer(before[0], "One moment, Dora.");
  await world.connector.start();

  await Promise.all(said.map(onCase));
  await sent(waiting);
  await waitFor("the edit and the deletion", async () => {
    const [one, other] = [await rowOf(edited), await rowOf(deleted)];
    return (
      one?.["Text__c"] === "@nordwind.test may I have an aisle seat?" &&
      other?.["Text__c"] === null &&
      other["Deleted_At__c"]
    );
  });
  const rows = await rita.query(`SELECT External_Key__c FROM Social_Post__c WHERE Persona__r.Handle__c = 'dora.test'`);
  const keys = rows.map((row) => row["External_Key__c"]);
  expect(keys.toSorted()).toEqual([edited, deleted, ...said].toSorted());
  expect(await dora.answersTo(edited, company)).toEqual(["One moment, Dora."]);
});

test("a lost answer of the server makes no second reply, and a server that is down makes it late", async () => {
  const egon = await network.person("egon");
  const question = await egon.say("@nordwind.test why is the flight late?");
  const row = await onCase(question);
  network.front.setFaults([{ fits: /putRecord/, act: "after" }]);
  await sent(await answer(row, "Fog in Hamburg."));
  network.front.setFaults([{ fits: /putRecord/, act: new Refused(503, "NotEnoughResources") }]);
  const toTries = () => network.front.asked.filter((method) => method.endsWith("putRecord")).length;
  const before = toTries();
  const second = await answer(row, "We board at ten.");
  await waitFor("the server to be asked in vain", () => Promise.resolve(toTries() > before));
  network.front.setFaults([]);
  await sent(second);
  expect((await egon.answersTo(question, company)).toSorted()).toEqual(["Fog in Hamburg.", "We board at ten."]);
});

test("whoever is taken down by the network is forgotten in the CRM", async () => {
  const troll = await network.person("troll");
  const said = await troll.say("@nordwind.test you thieves");
  await onCase(said);
  await network.takeDown(troll.did, true);
  const row = await waitFor("the tombstone", async () => {
    const found = await rowOf(said);
    return typeof found?.["Deleted_At__c"] === "string" && found;
  });
  expect(row).toMatchObject({ Text__c: null, Private_Text__c: null });
});
