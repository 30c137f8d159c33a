import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { toChance } from "../../../scripts/fuzz/random.ts";
import { readTown } from "./evidence.ts";
import { liveHere } from "./life-here.ts";
import { judge, type Kind } from "../town/oracle.ts";
import { beginHearing, comeToRest } from "./play.ts";
import * as reps from "../town/reps-acts.ts";
import * as speaking from "../town/speaking.ts";
import type { Answer } from "../town/town.ts";
import { openTown, type KillTown } from "./town.ts";

let town: KillTown;

beforeAll(async () => {
  town = await openTown(toChance(20_261));
  await beginHearing(town, liveHere);
  for (let times = 0; times < 15; times++) await speaking.ask(town);
  expect(await comeToRest(town, liveHere)).toEqual([]);
  for (const act of [speaking.edit, speaking.remove, reps.reply, reps.takeCase, reps.closeCase, reps.correctLabel])
    for (let times = 0; times < 4; times++) await act(town);
}, 60_000);
afterAll(() => town[Symbol.asyncDispose]());

test("where all is well, nothing is found", async () => {
  expect(await comeToRest(town, liveHere)).toEqual([]);
}, 60_000);

type Plant = (org: DatabaseSync) => void;

/** What it finds in a copy of the org, where somebody has planted a fault past all rules. */
function findPlanted(plant: Plant, changed: Partial<KillTown> = {}): readonly Kind[] {
  const copy = path.join(path.dirname(town.orgFile()), `planted-${crypto.randomUUID()}.sqlite`);
  using org = new DatabaseSync(town.orgFile(), { readOnly: true });
  org.exec(`VACUUM INTO '${copy}'`);
  using planted = new DatabaseSync(copy);
  const unique = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '%UNIQUE%'";
  for (const { name } of planted.prepare(unique).all()) planted.exec(`DROP INDEX "${String(name)}"`);
  plant(planted);
  const changedTown = { ...town, ...changed, orgFile: () => copy };
  return judge(changedTown, readTown(changedTown)).map(({ kind }) => kind);
}

const run =
  (sql: () => string): Plant =>
  (org) =>
    org.exec(sql());

/** A row that is there twice, the second one with these columns of its own. */
function doubled(table: string, own: Readonly<Record<string, string>>, where: string): Plant {
  return (org) => {
    const names = org
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => String(name));
    const values = names.map((name) => own[name] ?? `"${name}"`).join(", ");
    org.exec(`INSERT INTO "${table}" SELECT ${values} FROM "${table}" WHERE ${where} LIMIT 1`);
  };
}

const replaced = (): string => town.said.find(({ words }) => words.length > 1)?.words[0] ?? "";
const deleted = (): string => town.said.find(({ isGone }) => isGone)?.words.at(-1) ?? "";
const POST = `"Direction__c" = 'Inbound' AND "Deleted_At__c" IS NULL`;

test.each<[string, Kind, Plant]>([
  ["a post that is missing", "posts lost", run(() => `DELETE FROM "Social_Post__c" WHERE ${POST}`)],
  [
    "a post in an old version",
    "posts lost",
    run(() => `UPDATE "Social_Post__c" SET "Text__c" = 'before' WHERE ${POST}`),
  ],
  ["a post on no Case", "Cases lost", run(() => `UPDATE "Social_Post__c" SET "Case__c" = NULL WHERE ${POST}`)],
  ["a post that is there twice", "posts doubled", doubled("Social_Post__c", { Id: "'twice'" }, POST)],
  ["a Case that is there twice", "Cases doubled", doubled("Case", { Id: "'twice'" }, `"Origin" = 'Social'`)],
  [
    "replaced words",
    "text that should be gone",
    run(() => `UPDATE "Case" SET "Description" = 'so ${replaced()} it was'`),
  ],
  ["deleted words", "text that should be gone", run(() => `UPDATE "Task" SET "Subject" = 'so ${deleted()} it was'`)],
  ["a rep's Case given to another", "reps' fields changed", run(() => `UPDATE "Case" SET "OwnerId" = 'somebody'`)],
  ["a label set back", "reps' fields changed", run(() => `UPDATE "Social_Post__c" SET "Sentiment__c" = 'unsure'`)],
  ["a Case opened by itself", "reps' fields changed", run(() => `UPDATE "Case" SET "Status" = 'New'`)],
  ["an answer that waits for ever", "replies lost", run(() => `UPDATE "Social_Reply__c" SET "Status__c" = 'Sending'`)],
  ["an answer in doubt", "Checking", run(() => `UPDATE "Social_Reply__c" SET "Status__c" = 'Checking'`)],
  [
    "an answer that is out and failed",
    "falsely Failed",
    run(() => `UPDATE "Social_Reply__c" SET "Status__c" = 'Failed'`),
  ],
  [
    "an activity that is there twice",
    "Tasks doubled",
    doubled("Task", { Id: "'twice'" }, `"Social_Post_Key__c" LIKE '%'`),
  ],
  ["an activity that is missing", "Tasks lost", run(() => `DELETE FROM "Task"`)],
])("%s: %s", (_, kind, plant) => {
  expect(findPlanted(plant)).toContain(kind);
});

const sent = (): Answer => {
  const [answer] = town.answers;
  if (answer === undefined) throw new Error("Nobody has answered");
  return answer;
};
const nothing: Plant = () => undefined;

test("an answer that was never published, and says Sent: falsely Sent", () => {
  expect(findPlanted(nothing, { answers: [{ ...sent(), word: "zq999999x" }] })).toEqual(["falsely Sent"]);
});

test("an answer that was published twice: replies doubled", async () => {
  await town.company.person.post(`Once more: ${sent().word}`);
  expect(findPlanted(nothing)).toContain("replies doubled");
});
