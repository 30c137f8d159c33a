import fc from "fast-check";
import { WEEK_MS } from "./model.ts";
import { networkDeeds } from "./network-deeds.ts";
import { orgDeeds } from "./org-deeds.ts";
import { letGo } from "./lost-calls.ts";
import { PEOPLE, type Deed, type Scene, type Someone } from "./scene.ts";
import { readRun, type ServedOrg } from "./served-org.ts";

/** What the connector does, and the time. */
const besides = {
  async hear({ model, loop }) {
    model.hear();
    await loop.hear();
  },
  async sweep({ loop, model, now }) {
    const published = await loop.sweep();
    model.sweep();
    for (const ours of published) model.publish(ours.parent ?? "", ours.key, now());
  },
  /** A call is lost: what it carries stands by its repetition, and it comes when it comes. */
  async losesCall({ model, loop, org, run }, _, n) {
    await comeLate(org, run);
    if (model.isDeleting()) {
      model.hear();
      await loop.hear();
      return;
    }
    const isSecond = n % 2 === 0 && !model.isAnswering();
    const heard = model.hear();
    if (isSecond) model.hearAgain(heard);
    await loop.hearTwice(isSecond ? "Social post by @" : "composite/sobjects");
  },
  comesLate: ({ org, run }) => comeLate(org, run),
  week: ({ pass }) => {
    pass(WEEK_MS + 3_600_000);
    return Promise.resolve();
  },
} satisfies Readonly<Record<string, Deed>>;

/** Nothing comes of a call that its repetition has overtaken, whatever happened since. */
async function comeLate(org: ServedOrg, run: string): Promise<void> {
  const before = await readRun(org, run);
  await letGo(org.test.url);
  expect(await readRun(org, run)).toEqual(before);
}

const deeds = { ...networkDeeds, ...orgDeeds, ...besides } satisfies Readonly<Record<string, Deed>>;
type What = keyof typeof deeds;

/** Who does what. */
export interface Act {
  readonly what: What;
  readonly by: Someone;
  readonly n: number;
}

/** Each deed as often as it stands here, or once. */
const WHATS = [
  ...(Object.keys(deeds) as What[]),
  ...(["asks", "asks", "edits", "closes", "hear", "hear", "losesCall", "sweep"] as const),
];

export const stories: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.record({ what: fc.constantFrom(...WHATS), by: fc.constantFrom(...PEOPLE), n: fc.nat(99) }),
  { minLength: 6, maxLength: 30 },
);

export async function act(scene: Scene, { what, by, n }: Act): Promise<void> {
  scene.pass(60_000);
  await deeds[what](scene, by, n);
}

/** Everything has been heard, followed and sent. */
export async function comeToRest(scene: Scene): Promise<void> {
  const whats: readonly What[] = ["comesLate", "hear", "sweep", "hear", "sweep", "hear", "sweep", "hear"];
  for (const what of whats) await act(scene, { what, by: "anna", n: 0 });
}
