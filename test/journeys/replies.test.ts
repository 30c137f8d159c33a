import type { CrmRow, CrmUser } from "./crm-user.ts";
import type { NetworkUser, Shown } from "./network-user.ts";
import { openWorld, waitFor, type World } from "./world.ts";

let world: World;
let rita: CrmUser;

beforeAll(async () => {
  world = await openWorld();
  rita = world.crmUser("rita");
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());
afterEach(() => clearFaults());

interface Asked {
  readonly person: NetworkUser;
  readonly said: Shown;
  /** The row of what was said. */
  readonly row: CrmRow;
}

/** A customer asks, and the question stands in the CRM. */
async function ask(handle: string, text: string, visibility: "public" | "direct" = "public"): Promise<Asked> {
  const person = await world.person(handle);
  const said = await person.post(text, { visibility });
  const row = await waitFor(`the question of ${handle}`, async () => {
    const rows = await rita.query(
      `SELECT Id, Case__c, Social_Account__c FROM Social_Post__c WHERE External_Key__c LIKE '%/${said.id}' AND Case__c != null`,
    );
    return rows.at(0);
  });
  return { person, said, row };
}

function answer({ row }: Asked, text: string, route = "Public reply"): Promise<string> {
  return rita.create("Social_Reply__c", {
    Post__c: row.Id,
    Case__c: row["Case__c"],
    Social_Account__c: row["Social_Account__c"],
    [route === "Private message" ? "Private_Text__c" : "Text__c"]: text,
    Route__c: route,
    Status__c: "Queued",
  });
}

async function replyRow(id: string): Promise<CrmRow> {
  const fields = "Id, Status__c, Status_Detail__c, Sent_At__c, Sent_Post_Key__c, Attempt__c, Decision__c";
  const [row] = await rita.query(`SELECT ${fields} FROM Social_Reply__c WHERE Id = '${id}'`);
  if (row === undefined) throw new Error("the reply's row is gone");
  return row;
}

const settled = (id: string, status: string): Promise<CrmRow> =>
  waitFor(`the reply to be ${status}`, async () => {
    const row = await replyRow(id);
    return row["Status__c"] === status && row;
  });

async function order(faults: readonly object[]): Promise<void> {
  await fetch(`${world.sandbox.networkUrl}/sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(faults),
  });
}

const clearFaults = () => fetch(`${world.sandbox.networkUrl}/sandbox/faults`, { method: "DELETE" });
const publishing = { method: "POST", path: "/api/v1/statuses" };

test("an answer written through the API stands once under the customer's post, and on the Case", async () => {
  const asked = await ask("anna", "@nordwind where is my bag?");
  const id = await answer(asked, "We found it in Oslo, Anna. It comes with the evening flight.");

  const row = await settled(id, "Sent");
  const answers = await asked.person.answersTo(asked.said);
  expect(answers).toHaveLength(1);
  expect(answers[0]).toMatchObject({
    account: { acct: "nordwind" },
    in_reply_to_id: asked.said.id,
    visibility: "public",
  });
  expect(answers[0]?.content).toContain("We found it in Oslo, Anna.");
  const own = await waitFor("our answer on the Case", async () => {
    const rows = await rita.query(
      `SELECT Id, Case__c, Direction__c FROM Social_Post__c WHERE External_Key__c = '${String(row["Sent_Post_Key__c"])}'`,
    );
    return rows.at(0);
  });
  expect(own).toMatchObject({ Case__c: asked.row["Case__c"], Direction__c: "Outbound" });
});

test("the customer answers back and the same Case grows, its first response set", async () => {
  const asked = await ask("bruno", "@nordwind can I still change my seat?");
  await settled(await answer(asked, "Yes, until two hours before departure."), "Sent");
  const [ours] = await asked.person.answersTo(asked.said);
  await asked.person.post("@nordwind thanks, and for my son too?", ours === undefined ? {} : { replyTo: ours });
  await waitFor("the second question on the same Case", async () => {
    const rows = await rita.query(
      `SELECT Id FROM Social_Post__c WHERE Case__c = '${String(asked.row["Case__c"])}' AND Direction__c = 'Inbound'`,
    );
    return rows.length === 2;
  });
  await waitFor("the first response", async () => {
    const soql = `SELECT Id, Social_First_Response_At__c FROM Case WHERE Id = '${String(asked.row["Case__c"])}'`;
    return /^20/.test(String((await rita.query(soql))[0]?.["Social_First_Response_At__c"]));
  });
});

test("a private message is answered privately, and never in public", async () => {
  const asked = await ask("clara", "@nordwind my booking is ABC123, is it confirmed?", "direct");
  await expect(answer(asked, "It is confirmed.", "Public reply")).rejects.toMatchObject({
    code: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
  });
  await settled(await answer(asked, "It is confirmed, Clara.", "Private message"), "Sent");
  const answers = await asked.person.answersTo(asked.said);
  expect(answers).toMatchObject([{ visibility: "direct" }]);
  const stranger = await world.person("stranger");
  await expect(stranger.answersTo(asked.said)).rejects.toThrow("404");
});

test("an answer written while the connector is down leaves when it is back", async () => {
  const asked = await ask("dora", "@nordwind is there a vegan menu?");
  await world.connector.stop();
  const id = await answer(asked, "There is, please order a day ahead.");
  expect(await replyRow(id)).toMatchObject({ Status__c: "Queued" });
  expect(await asked.person.answersTo(asked.said)).toEqual([]);
  await world.connector.start();
  await settled(id, "Sent");
  expect(await asked.person.answersTo(asked.said)).toHaveLength(1);
});

test("a lost acknowledgement makes no second answer", async () => {
  const asked = await ask("egon", "@nordwind why is the flight late?");
  await order([{ match: publishing, times: 1, act: "drop-after" }]);
  await settled(await answer(asked, "Fog in Hamburg, we board at ten."), "Sent");
  expect(await asked.person.answersTo(asked.said)).toHaveLength(1);
});

test("a network that is down makes the answer late, not lost", async () => {
  const asked = await ask("frieda", "@nordwind do you fly to Riga?");
  await order([{ match: publishing, times: 2, act: "503" }]);
  await settled(await answer(asked, "Every day but Sunday."), "Sent");
  expect(await asked.person.answersTo(asked.said)).toHaveLength(1);
});

test("an answer that the network refuses fails with a sentence, and a retry sends it", async () => {
  const asked = await ask("gero", "@nordwind how long is the check-in open?");
  const id = await answer(asked, "x".repeat(600));
  const failed = await settled(id, "Failed");
  expect(failed["Status_Detail__c"]).toMatch(/\w+ \w+/);
  expect(await asked.person.answersTo(asked.said)).toEqual([]);

  const other = await answer({ ...asked }, "Until 40 minutes before departure.");
  await settled(other, "Sent");
  await rita.update("Social_Reply__c", id, { Decision__c: "Retry" });
  await waitFor("the second attempt to fail too", async () => {
    const row = await replyRow(id);
    return row["Status__c"] === "Failed" && row["Attempt__c"] === 2 && row["Decision__c"] === null;
  });
  expect(await asked.person.answersTo(asked.said)).toHaveLength(1);
});

test("a rep cannot claim by the API that an answer was sent", async () => {
  const asked = await ask("hanna", "@nordwind can my cat fly with me?");
  const id = await rita.create("Social_Reply__c", {
    Post__c: asked.row.Id,
    Social_Account__c: asked.row["Social_Account__c"],
    Text__c: "It can.",
    Route__c: "Public reply",
    Status__c: "Draft",
  });
  for (const Status__c of ["Sent", "Sending", "Checking", "Failed"]) {
    await expect(rita.update("Social_Reply__c", id, { Status__c })).rejects.toMatchObject({
      code: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    });
  }
  expect(await replyRow(id)).toMatchObject({ Status__c: "Draft" });
  expect(await asked.person.answersTo(asked.said)).toEqual([]);
});

test("an answer made in the network's own app stands on the Case too", async () => {
  const asked = await ask("ines", "@nordwind is there wifi on board?");
  await world.company.post("@ines Yes, on all our A320.", { replyTo: asked.said });
  const own = await waitFor("our answer on the Case", async () => {
    const rows = await rita.query(
      `SELECT Id, Text__c FROM Social_Post__c WHERE Case__c = '${String(asked.row["Case__c"])}' AND Direction__c = 'Outbound'`,
    );
    return rows.at(0);
  });
  expect(own["Text__c"]).toContain("A320");
});
