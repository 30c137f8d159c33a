import { setTimeout as delay } from "node:timers/promises";
import * as reps from "../../test/journeys/town/reps-acts.ts";
import * as speaking from "../../test/journeys/town/speaking.ts";
import type { Town } from "../../test/journeys/town/town.ts";
import { openDesk } from "./desk.ts";
import { toLane } from "./towns.ts";

type Act = (town: Town) => Promise<unknown>;
type Deck = readonly (readonly [times: number, act: Act])[];

interface Lane {
  /** What they do, and how often each among all. */
  readonly deck: Deck;
  /** So many acts for a hundred posts. */
  readonly perHundred: number;
  readonly atOnce: number;
  /** They go on with what was said in so many seconds. */
  readonly reachSeconds: number;
  /** They see what stands in the CRM only. */
  readonly inCrm?: true;
}

const LANES: readonly Lane[] = [
  {
    reachSeconds: 5,
    perHundred: 99,
    atOnce: 48,
    deck: [
      [45, speaking.ask],
      [40, speaking.joinIn],
      [8, speaking.praise],
      [6, speaking.chat],
    ],
  },
  // One after the other: what is changed twice at once has no last version that anybody could name.
  {
    reachSeconds: 30,
    perHundred: 4,
    atOnce: 1,
    deck: [
      [15, speaking.edit],
      [3, speaking.editTwice],
      [8, speaking.remove],
      [4, speaking.sayAndRemove],
      [2, speaking.editAndRemove],
      [6, speaking.answerInApp],
    ],
  },
  {
    inCrm: true,
    reachSeconds: 10,
    perHundred: 4,
    atOnce: 4,
    deck: [
      [20, reps.reply],
      [2, reps.draftWithQuote],
      [4, reps.closeCase],
      [3, reps.takeCase],
      [2, reps.correctLabel],
      [2, reps.confirmMatch],
      [1, reps.refuseMatch],
      [1, reps.mergeCases],
      [1, reps.nameCase],
    ],
  },
];

const TICK_MS = 25;
/** Nobody makes up for more than this. */
const MOST_LATE_MS = 1000;

export interface LoadOptions {
  readonly towns: readonly Town[];
  readonly orgFile: string;
  /** Posts in a second. */
  readonly rate: number;
  readonly seed: number;
  /** Somebody could not do what they meant to: the other side is the org or the network itself, so that is rare. */
  readonly onFailure: (error: unknown) => void;
}

/** People go about their business until aborted; then resolves when all have ended. */
export async function live(options: LoadOptions, signal: AbortSignal): Promise<void> {
  const { towns, rate, seed, onFailure } = options;
  using desk = openDesk(options);
  await Promise.all(
    LANES.map(async ({ deck, perHundred, atOnce, reachSeconds, inCrm }, lane) => {
      const reach = Math.ceil(Math.max(25, rate * reachSeconds));
      const cards = deck.flatMap(([times, act]) => Array.from({ length: times }, () => act));
      const own = towns.map((town, index) =>
        toLane(town, { seed: seed + 100 * lane + index, reach, said: inCrm ? desk.shown[index] : undefined }),
      );
      const act = async (nth: number): Promise<void> => {
        if (inCrm) desk.look();
        const town = own[nth % own.length];
        if (town !== undefined) await cards[town.chance.below(cards.length)]?.(town);
      };
      await pace({ perSecond: (rate * perHundred) / 100, atOnce, act, onFailure }, signal);
    }),
  );
}

interface Pace {
  readonly perSecond: number;
  readonly atOnce: number;
  readonly act: (nth: number) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** Begins so many acts in a second, never more than so many at once. */
async function pace({ perSecond, atOnce, act, onFailure }: Pace, signal: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const everyMs = 1000 / perSecond;
  let nextMs = performance.now();
  for (let nth = 0; !signal.aborted;) {
    nextMs = Math.max(nextMs, performance.now() - MOST_LATE_MS);
    for (; nextMs <= performance.now() && underWay.size < atOnce; nth++, nextMs += everyMs) {
      const one = act(nth)
        .catch(onFailure)
        .finally(() => underWay.delete(one));
      underWay.add(one);
    }
    await delay(TICK_MS);
  }
  await Promise.all(underWay);
}
