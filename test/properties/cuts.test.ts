import fc from "fast-check";
import type { PostEvent } from "../../connector/model/post.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import { toMemoryCrm } from "../fakes/memory-crm.ts";
import { openScratchJournal, type ScratchJournal } from "../fakes/scratch-journal.ts";
import { LIMIT_MS, toOptions } from "./options.ts";
import { openServedOrg, readRun, type ServedOrg } from "./served-org.ts";
import { tellings, toKnownHandle, toStory } from "./story.ts";
import { tell } from "./tell.ts";

/** Does a batch begin here? Asked anew for each event. */
const cuts = fc.array(fc.boolean(), { minLength: 16, maxLength: 16 });
type Cuts = readonly boolean[];

let played = 0;
let scratch: ScratchJournal;
let org: ServedOrg;

beforeAll(async () => {
  scratch = await openScratchJournal(manualClock());
  org = await openServedOrg();
}, 60_000);
afterAll(async () => {
  await org[Symbol.asyncDispose]();
  await scratch[Symbol.asyncDispose]();
});

const single: Cuts = Array.from({ length: 16 }, () => true);

/** A deletion begins a batch: one that comes with its post finds it before anybody has tried it, which is another story. */
function toBatches(
  story: readonly PostEvent[],
  where: Cuts,
  isAlone = (event: PostEvent): boolean => event.type === "deleted",
): readonly (readonly PostEvent[])[] {
  const batches: PostEvent[][] = [];
  for (const [index, event] of story.entries()) {
    const last = batches.at(-1);
    if (last === undefined || where[index] === true || isAlone(event)) batches.push([event]);
    else last.push(event);
  }
  return batches;
}

/** What comes of the telling in a CRM in memory. */
async function inMemory(telling: Parameters<typeof toStory>[0], where: Cuts): Promise<string> {
  const run = `R${++played}R`;
  const crm = toMemoryCrm({ [toKnownHandle(run)]: [{ link: { lead: "00QB" }, field: "Lead.Mastodon__c" }] });
  const decisions = await tell({ crm, journal: scratch.journal }, toBatches(toStory(telling, run), where));
  const held = [crm.posts, crm.cases, crm.tasks, crm.personas].map((rows) => [...rows]);
  return JSON.stringify({ decisions, held }, null, 1).replaceAll(run, "run");
}

async function inTheOrg(telling: Parameters<typeof toStory>[0], where: Cuts): Promise<string> {
  const run = `O${++played}O`;
  await org.ada.create("Contact", { LastName: "Ben", Mastodon__c: toKnownHandle(run) });
  const batches = toBatches(toStory(telling, run), where);
  const decisions = await tell({ crm: org.crm, journal: scratch.journal }, batches);
  return JSON.stringify({ decisions, held: await readRun(org, run) }, null, 1).replaceAll(run, "run");
}

test.each([
  ["memory", inMemory, 60],
  ["the sandbox org", inTheOrg, 15],
] as const)(
  "what comes of each post is the same however the batches were cut, in %s",
  async (_, play, runs) => {
    const property = fc.asyncProperty(tellings, cuts, async (telling, where) => {
      expect(await play(telling, where)).toBe(await play(telling, single));
    });
    await fc.assert(property, toOptions(runs));
  },
  LIMIT_MS,
);

test(
  "nothing of a deleted post is left, whatever came in one batch with its deletion",
  async () => {
    const property = fc.asyncProperty(tellings, cuts, async (telling, where) => {
      const run = `D${++played}D`;
      await org.ada.create("Contact", { LastName: "Ben", Mastodon__c: toKnownHandle(run) });
      const story = toStory(telling, run);
      await tell(
        { crm: org.crm, journal: scratch.journal },
        toBatches(story, where, () => false),
      );
      const gone = new Set(story.flatMap((event) => (event.type === "deleted" ? [event.post] : [])));
      const held = JSON.stringify(await readRun(org, run));
      for (const event of story) {
        if (event.type !== "deleted" && gone.has(event.post.key)) expect(held).not.toContain(event.post.text);
      }
    });
    await fc.assert(property, toOptions(15));
  },
  LIMIT_MS,
);
