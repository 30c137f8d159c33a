import fc from "fast-check";
import { readReplicas } from "../../connector/flow/sharing/replicas.ts";
import type { Journal } from "../../connector/journal/journal.ts";
import { memoryDocuments } from "../fakes/memory-documents.ts";
import { findShared, openWorld, type Line, type Player, type World } from "../fakes/replicas.ts";
import { LIMIT_MS, toOptions } from "./options.ts";

const PARTITIONS = 7;
const MOST_PLAYERS = 5;

type Deed = (world: World, player: Player | undefined) => void;

interface Step {
  readonly name: string;
  /** Which of those who are there. */
  readonly whom: number;
  readonly thenMs: number;
}

const to = (deed: (player: Player, world: World) => void): Deed => {
  return (world, player) => {
    if (player !== undefined) deed(player, world);
  };
};
const line = (how: Line): Deed => to((player) => void (player.line = how));
const all = (how: Line): Deed => {
  return ({ players }) => {
    for (const player of players) player.line = how;
  };
};
const toLiving = ({ players }: World): readonly Player[] =>
  players.filter(({ isDead, outcome }) => !isDead && outcome === undefined);

const DEEDS: Readonly<Record<string, Deed>> = {
  joins: (world) => {
    if (toLiving(world).length < MOST_PLAYERS) world.join(`p${world.players.length}`);
  },
  leaves: to((player) => player.leave()),
  "is killed": to((player, world) => world.kill(player)),
  "is frozen": to((player, world) => world.freeze(player)),
  "is thawed": to((player, world) => {
    if (player.isFrozen) world.thaw(player);
  }),
  "loses the journal": line("away"),
  "loses its answers": line("lost"),
  "has the journal": line("up"),
  "ends slowly": to((player) => player.linger(true)),
  "ends at once": to((player) => player.linger(false)),
  "(the journal goes away)": all("away"),
  "(the journal comes back)": all("up"),
  "(nothing)": () => undefined,
};

const steps: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom("joins", "joins", ...Object.keys(DEEDS)),
  whom: fc.nat(20),
  thenMs: fc.constantFrom(0, 500, 1000, 3000, 9000, 16_000, 40_000),
});

async function play(world: World, story: readonly Step[]): Promise<void> {
  for (const { name, whom, thenMs } of story) {
    const living = toLiving(world);
    DEEDS[name]?.(world, living[whom % living.length]);
    await world.pass(thenMs);
  }
}

/** Nothing is in anybody's way any more. */
async function comeToRest(world: World): Promise<readonly Player[]> {
  for (const player of toLiving(world)) {
    player.line = "up";
    player.linger(false);
    if (player.isFrozen) world.thaw(player);
  }
  world.join("last");
  await world.pass(60_000);
  return toLiving(world);
}

async function readOwners(journal: Journal): Promise<readonly string[]> {
  return (await Array.fromAsync(journal.list("share/"))).map(({ key, value }) => `${key} ${value}`);
}

test(
  "whatever happens, no two work on one share, and when all is quiet all is held, evenly, and stays where it is",
  async () => {
    const property = fc.asyncProperty(fc.array(steps, { minLength: 30, maxLength: 50 }), async (story) => {
      const journal = memoryDocuments();
      await using world = openWorld(journal, PARTITIONS);
      world.onStep = () => {
        const shared = findShared(world);
        if (shared.length > 0) throw new Error(`Held by two: ${shared.join(" ")}`);
        for (const { working, shares } of world.players)
          for (const share of working) if (!shares.held.has(share)) throw new Error(`${share} is worked on unheld`);
      };
      await play(world, story);
      const living = await comeToRest(world);
      const counts = living.map(({ shares }) => shares.held.size);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(PARTITIONS + 1);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      for (const { shares, working } of living) expect(working).toEqual(shares.held);
      expect(await readReplicas(journal)).toHaveLength(living.length);
      const [owners, rounds] = [await readOwners(journal), living.map((player) => player.rounds.length)];
      await world.pass(60_000);
      expect(await readOwners(journal)).toEqual(owners);
      expect(living.map((player) => player.rounds.length)).toEqual(rounds);
    });
    await fc.assert(property, toOptions(25));
  },
  LIMIT_MS,
);
