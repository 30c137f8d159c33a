import type { Finding } from "../../connector/crm/crm.ts";
import { openAwayWorld, type AwayWorld } from "./away-world.ts";
import { earshot } from "./earshot.ts";
import type { NetworkUser, Shown } from "./network-user.ts";
import { findWords } from "./whole-org.ts";
import { waitFor } from "./world.ts";

const CALLS_A_DAY = 1600;
const [SECOND_MS, HOUR_MS] = [1000, 3_600_000];
const AT_ONCE = 50;
const UNREACHED = expect.stringMatching(/^Salesforce cannot be reached at http/) as string;

interface Said {
  readonly by: NetworkUser;
  readonly shown: Shown;
  /** Stands in this post alone. */
  readonly word: string;
}

let words = 0;
const nextWord = (): string => `zq${String((words += 1)).padStart(5, "0")}x`;
const toPraise = (word: string): string => `@nordwind thank you ${word}, best crew ever!`;
const toComplaint = (word: string): string => `@nordwind where is my bag ${word}?`;

const openCrowd = (world: AwayWorld): Promise<readonly NetworkUser[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, n) => world.person(`traveller_${n}`)));

/** So many posts by all of them in turn, all heard. */
async function say(
  world: AwayWorld,
  { crowd, posts, toText }: { crowd: readonly NetworkUser[]; posts: number; toText: (word: string) => string },
): Promise<readonly Said[]> {
  const before = world.heard();
  const said: Said[] = [];
  while (said.length < posts) {
    const round = crowd.slice(0, posts - said.length).map(async (by): Promise<Said> => {
      const word = nextWord();
      return { by, word, shown: await by.post(toText(word)) };
    });
    said.push(...(await Promise.all(round)));
  }
  await waitFor("all to be heard", () => Promise.resolve(world.heard() >= before + posts));
  return said;
}

const postsIn = (world: AwayWorld) => world.org()["Social_Post__c"] ?? [];
const casesIn = (world: AwayWorld) => (world.org()["Case"] ?? []).filter((row) => row["Origin"] === "Social");

/** The rows of what was said, in the order in which they came to stand. */
const rowsOf = (world: AwayWorld, said: readonly Said[]) => {
  const ids = new Set(said.map(({ shown }) => shown.id));
  return postsIn(world).filter((row) => ids.has(String(row["External_Key__c"]).split("/").at(-1) ?? ""));
};

/** All of it stands once, in its newest words, and what needs a response on a Case of its own. */
function expectOnce(world: AwayWorld, said: readonly Said[], asks: boolean): void {
  const texts = new Map(rowsOf(world, said).map((row) => [String(row["External_Key__c"]).split("/").at(-1), row]));
  const wrong = said.filter(({ shown, word }) => {
    const row = texts.get(shown.id);
    return !String(row?.["Text__c"]).includes(word) || (row?.["Case__c"] !== null) !== asks;
  });
  expect(wrong.map(({ shown }) => shown.id)).toEqual([]);
  expect(rowsOf(world, said)).toHaveLength(said.length);
}

async function expectAwayToBeTold(world: AwayWorld): Promise<void> {
  const { out, code } = await earshot(world.config, "doctor", "--json");
  const { findings } = JSON.parse(out) as { readonly findings: readonly Finding[] };
  expect(code).toBe(1);
  expect(findings.find(({ what }) => what === "Org")).toEqual({
    what: "Org",
    state: "bad",
    detail: UNREACHED,
    remedy: expect.stringMatching(/whether it is up; the connector waits and goes on by itself\.$/) as string,
  });
  expect(findings.find(({ what }) => what === 'Log "posts"')?.detail).toMatch(/^[\d,]+ of [\d,]+ entries wait/);
}

/** Of calls that posts cost: neither answers nor looks for them. */
async function countPostCalls({ connector }: AwayWorld): Promise<number> {
  const metrics = await (await fetch(`${connector.url}/metrics`)).text();
  const lines = metrics.matchAll(/^earshot_crm_calls_total\{kind="\w+",urgency="(?:urgent|usual)"\} (\d+)$/gm);
  return [...lines].reduce((sum, [, calls]) => sum + Number(calls), 0);
}

test("a day without the org: all that was said is recorded once, what needs a response first, within the org's limit", async () => {
  await using world = await openAwayWorld(CALLS_A_DAY);
  const crowd = await openCrowd(world);
  const before = await say(world, { crowd, posts: 2, toText: toComplaint });
  await waitFor("the first Cases", () => Promise.resolve(casesIn(world).length === 2));
  const [asked, regretted] = before;
  if (asked === undefined || regretted === undefined) throw new Error("Nothing was said");
  const [account] = await world.rita.query("SELECT Id FROM Social_Account__c");
  const [row] = rowsOf(world, [asked]);

  world.orgGoes();
  await world.rita.create("Social_Reply__c", {
    ...{ Post__c: row?.["Id"], Case__c: row?.["Case__c"], Social_Account__c: account?.Id },
    ...{ Text__c: "It comes with the evening flight.", Route__c: "Public reply", Status__c: "Queued" },
  });
  const praise = [...(await say(world, { crowd, posts: 850, toText: toPraise }))];
  await waitFor("the recorder to say so", async () => (await world.told("recorder")).state === "waiting");
  expect(await world.told("recorder")).toMatchObject({ ready: false, detail: "Salesforce cannot be reached" });
  expect(await world.told("crm calls")).toMatchObject({ state: "up" });

  await world.connector.stop();
  const starting = world.connector.start();
  await waitFor(
    "it to say so",
    async () => world.connector.url !== "" && (await world.told("crm")).state === "waiting",
  );
  expect(await world.told("crm")).toMatchObject({ ready: false, detail: UNREACHED });
  praise.push(...(await say(world, { crowd, posts: 850, toText: toPraise })));
  const complaints = [...(await say(world, { crowd, posts: 60, toText: toComplaint }))];
  await expectAwayToBeTold(world);

  const gone = [...praise.splice(0, 5), ...complaints.splice(0, 5)];
  const edited = praise.splice(0, 5);
  const heard = world.heard();
  for (const { by, shown } of gone) await by.remove(shown);
  await regretted.by.remove(regretted.shown);
  for (const { by, shown } of edited) {
    const word = nextWord();
    praise.push({ by, word, shown: await by.edit(shown, toPraise(word)) });
  }
  await waitFor("that to be heard", () => Promise.resolve(world.heard() >= heard + 16));
  world.clock.leap(20 * HOUR_MS);

  await world.orgComesBack(40);
  const since = world.clock.nowMs();
  await world.inTime("all Cases", SECOND_MS, () => casesIn(world).length === 2 + complaints.length);
  // For the rest there are no calls left until the day is over.
  expect(postsIn(world).length).toBeLessThan(praise.length);
  world.clock.leap(24 * HOUR_MS);
  await world.inTime("the rest", 5 * SECOND_MS, () => rowsOf(world, praise).length === praise.length);
  await starting;
  const takenBack = [...gone, ...edited, regretted].map(({ word }) => word);
  const isLeft = (word: string): boolean => findWords(world.org(), word).length > 0 || world.isInJournal(word);
  await world.inTime("nothing to be left", 5 * SECOND_MS, () => !takenBack.some(isLeft));
  const answers = await asked.by.answersTo(asked.shown);
  const spent = { forPosts: await countPostCalls(world), all: await world.calls() };
  await world.connector.stop();

  expectOnce(world, praise, false);
  expectOnce(world, complaints, true);
  expect(answers).toHaveLength(1);
  expect(takenBack.filter(isLeft)).toEqual([]);
  // Reports, edits and deletions take some beside.
  expect(spent.forPosts).toBeLessThanOrEqual((20 * (praise.length + complaints.length)) / 1000 + 10);
  expect(world.clock.nowMs() - since).toBeLessThan(48 * HOUR_MS);
  expect(spent.all).toBeLessThanOrEqual(0.5 * CALLS_A_DAY);
}, 120_000);

test("what was under way when the org went lets what needs a response go first", async () => {
  await using world = await openAwayWorld(CALLS_A_DAY);
  const crowd = await openCrowd(world);
  world.orgGoes();
  await say(world, { crowd, posts: 500, toText: toPraise });
  await waitFor("the recorder to wait", async () => (await world.told("recorder")).state === "waiting");
  const complaints = await say(world, { crowd, posts: 50, toText: toComplaint });
  world.clock.leap(HOUR_MS);
  await world.orgComesBack(30);
  await world.inTime("all Cases", SECOND_MS, () => casesIn(world).length === complaints.length);
  const ids = new Set(rowsOf(world, complaints).map((row) => row["Id"]));
  const rows = postsIn(world);
  const last = rows.findLastIndex((row) => ids.has(row["Id"]));
  // What fills the batches of the urgent comes along.
  expect(last).toBeLessThan(complaints.length + 200);
}, 60_000);
