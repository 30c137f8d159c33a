import { writeFileSync } from "node:fs";
import path from "node:path";
import { systemClock } from "../../connector/clock.ts";
import type { Config, WebhookConfig } from "../../connector/config.ts";
import { carryIn } from "../../connector/commands/import/carry-in.ts";
import type { Shell } from "../../connector/commands/command.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";
import { SECRET } from "../../connector/sources/webhook/fixtures/deliveries.ts";
import { openDirectory } from "../fakes/directory.ts";
import type { CrmRow, CrmUser } from "./crm-user.ts";
import { toHooksUrl, toWebhookSender, type WebhookSender } from "./webhook-sender.ts";
import { openWorld, waitFor, type World } from "./world.ts";

const SHOP: WebhookConfig = {
  network: "webhook",
  name: "shop",
  label: "Nordwind",
  secretEnv: "EARSHOT_WEBHOOK_SHOP",
  secret: SECRET,
};
const FIELDS =
  "Id, External_Key__c, Network__c, Kind__c, Source_Class__c, Direction__c, Visibility__c, Text__c, Private_Text__c, Case__c," +
  " Contact__c, Needs_Response__c, Triage_Reason__c, Routes__c, Deleted_At__c, Version__c";

let world: World;
let config: Config;
let rita: CrmUser;
let shop: WebhookSender;

beforeAll(async () => {
  world = await openWorld({
    config: (given) => (config = { ...given, accounts: [...given.accounts, SHOP] }),
  });
  rita = world.crmUser("rita");
  shop = toWebhookSender(world, "shop");
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());

/** A little ago, so that the sender's clock and ours may differ. */
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

const said = (id: string, text: string, changes: object = {}) => ({
  type: "posted",
  id,
  kind: "review",
  postedAt: ago(60),
  text,
  author: { id: `author of ${id}`, handle: `author_${id}` },
  ...changes,
});

async function postOf(id: string): Promise<CrmRow | undefined> {
  return (await rita.query(`SELECT ${FIELDS} FROM Social_Post__c WHERE External_Key__c = 'webhook:shop/${id}'`))[0];
}

const recorded = (id: string): Promise<CrmRow> => waitFor(`the post ${id}`, () => postOf(id));

test("a signed review that complains becomes a Case, and nothing offers to answer it here", async () => {
  const review = said("r1", "Two hours late and nobody told us why. Never again.");
  expect(await shop.send(review)).toEqual({ status: 202, body: { status: "accepted", events: 1 } });
  const post = await recorded("r1");
  expect(post).toMatchObject({
    Network__c: "webhook",
    Kind__c: "review",
    Source_Class__c: "review",
    Visibility__c: "public",
    Needs_Response__c: true,
    Text__c: review.text,
  });
  const [found] = await rita.query(`SELECT Subject, Origin FROM Case WHERE Id = '${String(post["Case__c"])}'`);
  expect(found).toMatchObject({ Origin: "Social", Subject: expect.stringContaining("Two hours late") as string });
  const routes = JSON.parse(String(post["Routes__c"])) as readonly { readonly blocked?: string }[];
  expect(routes.map(({ blocked }) => blocked)).toEqual([
    expect.stringMatching(/^This cannot be answered here/),
    expect.stringMatching(/^This cannot be answered here/),
  ]);
  const accounts = await rita.query(
    "SELECT Handle__c, Mode__c, Network__c FROM Social_Account__c WHERE External_Key__c = 'webhook:shop/account'",
  );
  expect(accounts).toMatchObject([{ Handle__c: "shop", Mode__c: "Listen only", Network__c: "webhook" }]);
});

test("a repeated delivery is one Case, and an edit and a deletion follow", async () => {
  const review = said("r2", "Why was my flight to Bergen cancelled?");
  for (let n = 0; n < 3; n++) expect((await shop.send(review, review)).status).toBe(202);
  const post = await recorded("r2");
  await shop.send({ ...review, type: "edited", editedAt: ago(30), text: "Why was my flight to Oslo cancelled?" });
  await waitFor("the edit", async () => String((await postOf("r2"))?.["Text__c"]).includes("Oslo"));
  expect(await rita.query("SELECT Id FROM Case WHERE Social_Conversation_Key__c = 'webhook:shop/r2'")).toHaveLength(1);
  expect((await postOf("r2"))?.["Case__c"]).toBe(post["Case__c"]);

  await shop.send({ type: "deleted", id: "r2", at: ago(10) });
  const gone = await waitFor("the tombstone", async () => {
    const row = await postOf("r2");
    return row?.["Deleted_At__c"] == null ? undefined : row;
  });
  expect(gone["Text__c"]).toBeNull();
  await waitFor("the words to go from the Case", async () => {
    const cases = await rita.query(`SELECT Subject, Description FROM Case WHERE Id = '${String(post["Case__c"])}'`);
    return !/Oslo|Bergen/.test(JSON.stringify(cases));
  });
});

test("a chat is private, and what the company said there stands on the same Case", async () => {
  const author = { id: "c-9", handle: "carla" };
  const chat = { kind: "message", conversation: "chat-1", author };
  await shop.send(said("m1", "Please cancel my booking QX7PLM", chat));
  const question = await recorded("m1");
  expect(question).toMatchObject({ Visibility__c: "private", Text__c: null, Needs_Response__c: true });
  expect(question["Private_Text__c"]).toContain("QX7PLM");
  const ours = said("m2", "Done.", { ...chat, direction: "outbound", parent: "m1" });
  await shop.send({ ...ours, author: undefined, postedAt: ago(5) });
  expect(await recorded("m2")).toMatchObject({ Direction__c: "Outbound", Case__c: question["Case__c"] });
});

test("a customer's abandoned cart stands on the record, and asks nothing of anybody", async () => {
  // Known by the handle that stands on the Contact.
  const author = { id: "anna", handle: "anna@nordwind.social" };
  const cart = said("cart-1", "", { kind: "signal", network: "mastodon", author });
  await shop.send({
    ...cart,
    text: undefined,
    signal: { name: "abandoned cart", facts: { value: "129.90 EUR", items: 3 } },
  });
  expect(await recorded("cart-1")).toMatchObject({
    Kind__c: "signal",
    Source_Class__c: "signal",
    Text__c: "Abandoned cart: value 129.90 EUR, items 3.",
    Needs_Response__c: false,
    Case__c: null,
    Contact__c: expect.any(String) as string,
  });
});

test("what nobody signed is refused, and one bad event refuses them all", async () => {
  const forged = await shop.forge(said("f1", "Why?"));
  expect(forged).toMatchObject({ status: 401, body: { status: "refused" } });
  const mixed = await shop.send(said("f2", "Why?"), said("f3", "Why?", { kind: "shout" }));
  expect(mixed.status).toBe(400);
  expect(mixed.body["detail"]).toContain("events[1].kind: must be post, ");
  await shop.send(said("f4", "Why was this one so late?"));
  await recorded("f4");
  for (const id of ["f1", "f2", "f3"]) expect(await postOf(id)).toBeUndefined();

  const metrics = await (await fetch(`${world.connector.url}/metrics`)).text();
  expect(metrics).toMatch(/^earshot_hook_deliveries_total\{outcome="refused"\} 2$/m);
  expect(metrics).toMatch(/^earshot_hook_deliveries_total\{outcome="taken"\} [1-9]\d*$/m);
});

test("the form is shown where deliveries are taken, and operators' pages are not", async () => {
  const url = await toHooksUrl(world);
  const schema = (await (await fetch(`${url}/schema`)).json()) as Record<string, unknown>;
  expect(schema).toMatchObject({ type: "object", required: ["events"] });
  expect((await fetch(new URL("/metrics", url))).status).toBe(404);
});

describe("a file", () => {
  /** `earshot import`, beside the running connector or without it. */
  async function importFile(name: string, content: string) {
    await using directory = await openDirectory();
    const file = path.join(directory.path, name);
    writeFileSync(file, content);
    const told: string[] = [];
    const shell = {
      clock: systemClock,
      signal: new AbortController().signal,
      isTerminal: false,
      err: (line: string) => void told.push(line),
      draw: () => undefined,
    } as unknown as Shell;
    await using journal = await openSqliteJournal({ file: config.journal, clock: systemClock, visitor: true });
    const done = await carryIn({ file, size: content.length, account: SHOP, journal, shell });
    return { ...done, told };
  }

  test("of JSON lines comes in while the connector runs, and its bad lines are told", async () => {
    const content = [said("j1", "Why is my suitcase in Rome?"), { ...said("j2", "x"), postedAt: "yesterday" }];
    const done = await importFile("past.jsonl", content.map((event) => JSON.stringify(event)).join("\n"));
    expect(done).toMatchObject({ taken: 1, refused: 1, told: [expect.stringMatching(/^line 2: postedAt must be/)] });
    expect(await recorded("j1")).toMatchObject({ Needs_Response__c: true });
  });

  test("of a table comes in while the connector stands still", async () => {
    await world.connector.stop();
    const table = [
      "id,kind,postedAt,author.id,author.handle,text",
      `t1,review,${ago(60)},t,tess,"Why, again, is there ""no"" stroller?"`,
      `t2,review,${ago(60)},t,tess`,
    ];
    const done = await importFile("past.csv", table.join("\r\n"));
    expect(done).toMatchObject({ taken: 1, refused: 1 });
    await world.connector.start();
    expect(await recorded("t1")).toMatchObject({ Text__c: 'Why, again, is there "no" stroller?' });
    expect(await postOf("t2")).toBeUndefined();
  });
});
