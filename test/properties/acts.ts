import fc from "fast-check";
import { WEEK_MS } from "./model.ts";
import { networkDeeds } from "./network-deeds.ts";
import { orgDeeds } from "./org-deeds.ts";
import { PEOPLE, type Deed, type Scene, type Someone } from "./scene.ts";

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
  week: ({ pass }) => {
    pass(WEEK_MS + 3_600_000);
    return Promise.resolve();
  },
} satisfies Readonly<Record<string, Deed>>;

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
  ...(["asks", "asks", "edits", "closes", "hear", "hear", "hear", "sweep"] as const),
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
  const whats: readonly What[] = ["hear", "sweep", "hear", "sweep", "hear", "sweep", "hear"];
  for (const what of whats) await act(scene, { what, by: "anna", n: 0 });
}
