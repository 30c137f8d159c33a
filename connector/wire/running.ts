import type { Clock } from "../clock.ts";
import { readReplicaDocs } from "../flow/sharing/documents.ts";
import { readReplicas, type Replica } from "../flow/sharing/replicas.ts";
import type { Journal } from "../journal/journal.ts";

/** A connector that shares the journal, as it was seen. */
export interface SeenReplica extends Replica {
  /** Its heart beat while we looked. One that died stays written down until another connector notices. */
  readonly isAlive: boolean;
}

/** Hearts beat every three seconds. */
const LOOK_MS = 5000;
const LOOK_EVERY_MS = 250;

/** Does a connector work on this shared journal? Takes up to five seconds where the only ones written down are dead. */
export async function isAnyAlive(journal: Pick<Journal, "list">, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return (await readLiving(journal, { clock, signal, isEnough: (alive) => alive > 0 })).size > 0;
}

/** All that are written down, with what each holds. */
export async function seeReplicas(
  journal: Pick<Journal, "list">,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly SeenReplica[]> {
  const living = await readLiving(journal, { clock, signal, isEnough: (alive, all) => alive === all });
  return (await readReplicas(journal)).map((replica) => ({ ...replica, isAlive: living.has(replica.id) }));
}

interface Looking {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly isEnough: (alive: number, all: number) => boolean;
}

/** Those whose document moves while we look; one that comes while we look is alive, too. */
async function readLiving(journal: Pick<Journal, "list">, { clock, signal, isEnough }: Looking): Promise<Set<string>> {
  const first = new Map((await readReplicaDocs(journal)).map(({ id, revision }) => [id, revision]));
  const living = new Set<string>();
  const untilMs = clock.monotonicMs() + LOOK_MS;
  let all = first.size;
  while (all > 0 && !isEnough(living.size, all) && clock.monotonicMs() < untilMs && !signal.aborted) {
    await clock.sleep(LOOK_EVERY_MS, signal);
    const docs = await readReplicaDocs(journal);
    for (const { id, revision } of docs) if (revision !== first.get(id)) living.add(id);
    all = docs.length;
  }
  return living;
}
