import fc from "fast-check";
import { HOST } from "../fakes/posts.ts";
import { act, comeToRest, stories, type Act } from "./acts.ts";
import { openLoop, type Loop } from "./loop.ts";
import { toModel, type ModelPost } from "./model.ts";
import { LIMIT_MS, toOptions } from "./options.ts";
import { look, toPredicted, type Seen } from "./seen.ts";
import type { Scene } from "./scene.ts";
import { openServedOrg, type ServedOrg } from "./served-org.ts";

let org: ServedOrg;
let runs = 0;
let elapsedMs = 0;
const now = (): number => Date.UTC(2026, 2, 2) + elapsedMs;

beforeAll(async () => {
  org = await openServedOrg(now);
}, 60_000);
afterAll(() => org[Symbol.asyncDispose]());

async function openScene(loop: Loop): Promise<Scene> {
  const run = `R${++runs}R`;
  const handle = (by: string) => `${run}_${by}@${HOST}`;
  const ben = await org.ada.create("Contact", { LastName: "Ben", Mastodon__c: handle("ben") });
  const contacts = [ben, await org.ada.create("Contact", { LastName: "Other" })];
  const lead = await org.ada.create("Lead", { LastName: "Carl", Company: "Carl", Mastodon__c: handle("carl") });
  const model = toModel(
    new Map([
      ["ben", ben],
      ["carl", lead],
    ]),
  );
  const pass = (ms: number): void => void (elapsedMs += ms);
  return { org, loop, model, run, now, pass, said: new Map(), contacts, lead };
}

async function play(loop: Loop, story: readonly Act[]): Promise<Scene> {
  const scene = await openScene(loop);
  // From here on what people do is followed.
  await loop.sweep();
  for (const one of story) await act(scene, one);
  await comeToRest(scene);
  return scene;
}

async function countCases({ run }: Scene): Promise<number> {
  return (await org.ada.query(`SELECT Id FROM Case WHERE Social_Persona__r.Handle__c LIKE '${run}%'`)).length;
}

function withoutAnswered({ isAnswered: _, ...seen }: Seen): Seen {
  return seen;
}

test(
  "whatever comes after what, the org ends as the plain model says, and a replay leaves it so",
  async () => {
    const property = fc.asyncProperty(stories, async (story) => {
      await using loop = await openLoop(org);
      const scene = await play(loop, story);
      expect(await look(scene)).toEqual(toPredicted(scene.model));
      const cases = new Set(scene.model.posts.filter((post) => post.isRecorded).map((post) => post.case));
      expect(await countCases(scene)).toBe([...cases].filter((one) => one !== undefined).length);

      await loop.replay();
      await comeToRest(scene);
      // What stood on no Case may join the customer's Case now, and what we answered to it with it.
      const isOnCase = (post: ModelPost): boolean => post.case !== undefined;
      const before = toPredicted(scene.model).filter(({ on }) => on !== null);
      expect((await look(scene, isOnCase)).map(withoutAnswered)).toEqual(before.map(withoutAnswered));
      expect(await countCases(scene)).toBe([...cases].filter((one) => one !== undefined).length);
    });
    await fc.assert(property, toOptions(60));
  },
  LIMIT_MS,
);
