import path from "node:path";
import { toSkews } from "./calendar.ts";
import { openReplica, type Replica } from "./replica.ts";
import type { World } from "./world.ts";

/** Clocks of machines that are looked after differ by less. */
const MOST_SKEW_MS = 5000;

export interface FleetOptions {
  readonly world: World;
  readonly journal: string;
  readonly dir: string;
  readonly replicas: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Several connectors on one journal, each with a clock of its own. */
export interface Fleet extends AsyncDisposable {
  readonly replicas: readonly Replica[];
  /** How often one of them ended although nobody killed it. */
  endedByThemselves(): number;
}

/** Resolves when all of them are up. */
export async function openFleet({ world, journal, dir, replicas, seed, signal }: FleetOptions): Promise<Fleet> {
  await using opened = new AsyncDisposableStack();
  const fleet: Replica[] = [];
  for (const [index, skewMs] of toSkews(seed, replicas, MOST_SKEW_MS).entries()) {
    const own = path.join(dir, `replica-${index}`);
    const replica = opened.use(await openReplica({ world, journal, dir: own, skewMs, signal }));
    fleet.push(replica);
    // The first one makes the journal.
    if (index === 0) await replica.ready();
  }
  await Promise.all(fleet.map((replica) => replica.ready()));
  const kept = opened.move();
  return {
    replicas: fleet,
    endedByThemselves: () => fleet.reduce((sum, { endedByItself }) => sum + endedByItself, 0),
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  };
}
