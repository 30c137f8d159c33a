import { openNetworkUser } from "../../test/journeys/network-user.ts";
import { openSpeaker, toDoings, toWords, type Said, type Speaker, type Town } from "../../test/journeys/town/town.ts";
import { toChance } from "../fuzz/random.ts";
import type { Place, World } from "./world.ts";

const KINDS = ["linked", "stranger", "linked", "stranger", "twofold", "linked", "stranger", "private"] as const;
/** Of each network. */
const SPEAKERS = 160;

/** The people of each network; nobody has said anything yet. */
export async function openTowns(world: World, seed: number): Promise<readonly Town[]> {
  const [user] = await world.rita.query("SELECT Id FROM User WHERE Username = 'rita@nordwind.example'");
  const newWord = toWords();
  return await Promise.all(
    world.places.map(async (place, index): Promise<Town> => {
      const join = (handle: string) => openNetworkUser(place.url, handle);
      return {
        ...toDoings(await join("nordwind")),
        chance: toChance(seed + index),
        square: place,
        orgUrl: world.orgUrl,
        rita: world.rita,
        ritasId: user?.Id ?? "",
        speakers: await openSpeakers(world, place, index),
        reach: 25,
        diary: [],
        during: "the start",
        nowMs: () => Date.now(),
        newWord,
      };
    }),
  );
}

async function openSpeakers({ ada }: World, { host, url }: Place, town: number): Promise<readonly Speaker[]> {
  const speakers: Speaker[] = [];
  for (let nth = 0; nth < SPEAKERS; nth++) {
    const kind = KINDS[nth % KINDS.length] ?? "stranger";
    const handle = `${kind}_${town}${String(nth).padStart(3, "0")}`;
    speakers.push(await openSpeaker({ handle, kind, host, ada, join: (name) => openNetworkUser(url, name) }));
  }
  return speakers;
}

export interface LaneOptions {
  readonly seed: number;
  readonly reach: number;
  /** What they see of all that is said. */
  readonly said?: Said[] | undefined;
}

/** The same town for people who do things beside others: with chance of their own, what they do does not hang on the others. */
export function toLane(town: Town, { seed, reach, said = town.said }: LaneOptions): Town {
  return {
    ...town,
    reach,
    said,
    chance: toChance(seed),
    get during() {
      return town.during;
    },
    set during(what) {
      town.during = what;
    },
  };
}
