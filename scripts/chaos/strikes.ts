import { setTimeout as delay } from "node:timers/promises";
import { dropStreams, endTroubles, troubleNetwork, troubleOrg } from "../../test/journeys/town/troubles.ts";
import type { Town } from "../../test/journeys/town/town.ts";
import { toChance } from "../fuzz/random.ts";
import type { Blow, What } from "./calendar.ts";
import type { Cluster } from "./cluster/cluster.ts";
import type { Replica } from "./replica.ts";

export interface StrikeOptions {
  readonly calendar: readonly Blow[];
  readonly replicas: readonly Replica[];
  readonly towns: readonly Town[];
  readonly cluster: Cluster | undefined;
  readonly seed: number;
  /** Something has gone wrong: what, and how exactly. */
  readonly onStruck: (what: What, detail: string) => void;
}

/** So long something is said to have happened about a blow. */
const ECHO_MS = 10_000;

/** Lets go wrong what the calendar says, when it says so; resolves when all of it is over, rejects when some of it failed. */
export async function strikeAll(options: StrikeOptions, signal: AbortSignal): Promise<void> {
  const startMs = performance.now();
  const striker = toStriker(options, signal);
  const during = toDuring(options.towns);
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const under: Promise<void>[] = [];
  for (const blow of options.calendar) {
    const pause = delay(Math.max(0, blow.atMs - (performance.now() - startMs)), undefined, { signal });
    await Promise.race([pause, failed]);
    under.push(strikeOnce(blow).catch(reject));
  }
  await Promise.race([Promise.all(under), failed]);

  async function strikeOnce(blow: Blow): Promise<void> {
    const name = `${blow.what}${"replica" in blow ? ` ${blow.replica}` : ""} at ${(blow.atMs / 1000).toFixed(0)} s`;
    const isLoud = !QUIET.includes(blow.what);
    if (isLoud) during.begin(name);
    const detail = await striker(blow);
    options.onStruck(blow.what, detail);
    if (isLoud) setTimeout(() => during.end(name), ECHO_MS).unref();
  }
}

/** There is always one of them under way. */
const QUIET: readonly What[] = ["org fails", "network fails", "streams drop"];

/** What happens to posts and replies happens about what goes wrong just then. */
function toDuring(towns: readonly Town[]) {
  const now = new Set<string>();
  const tell = (): void => {
    for (const town of towns) town.during = now.size === 0 ? "small troubles" : [...now].join(", ");
  };
  return {
    begin(name: string) {
      now.add(name);
      tell();
    },
    end(name: string) {
      now.delete(name);
      tell();
    },
  };
}

function toStriker({ replicas, towns, cluster, seed }: StrikeOptions, signal: AbortSignal) {
  const chance = toChance(seed + 7);
  const ownTowns = towns.map((town) => ({ ...town, chance }));
  const town = (index: number): Town => ownTowns[index % ownTowns.length] ?? raise("There are no towns");
  const replica = (index: number): Replica => replicas[index] ?? raise(`There is no replica ${index}`);
  const database = (): Cluster => cluster ?? raise("There is no database");

  return async (blow: Blow): Promise<string> => {
    switch (blow.what) {
      case "kill":
        await replica(blow.replica).kill(blow.lastMs);
        return "";
      case "freeze":
        await replica(blow.replica).freeze();
        await delay(blow.lastMs, undefined, { signal });
        replica(blow.replica).thaw();
        return "";
      case "database fails over":
        return `${(await database().failOver()).toFixed(0)} ms`;
      case "database crashes":
        return `${(await database().crash()).toFixed(0)} ms`;
      case "database cuts lines":
        await database().cutLines();
        return "";
      case "standby stalls":
        await database().stallStandby(blow.lastMs);
        return "";
      case "org fails":
        return await troubleOrg(town(0));
      case "network fails":
        return await troubleNetwork(town(blow.town));
      case "streams drop":
        await dropStreams(town(blow.town));
        return "";
    }
  };
}

/** Nothing goes wrong any more. */
export async function endAll({ replicas, towns }: Pick<StrikeOptions, "replicas" | "towns">): Promise<void> {
  for (const replica of replicas) replica.thaw();
  for (const town of towns) {
    town.during = "the end";
    await endTroubles(town);
  }
}

function raise(message: string): never {
  throw new Error(message);
}
