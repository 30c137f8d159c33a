import { setTimeout as delay } from "node:timers/promises";
import { toChance } from "../../../scripts/fuzz/random.ts";
import { actSomehow } from "./acts.ts";
import { waitFor } from "../wait-for.ts";
import { isHearing, readTown } from "./evidence.ts";
import type { Give, Life } from "./life.ts";
import { judge, type Finding } from "../town/oracle.ts";
import { toName, type Counts, type KillPoint } from "./point.ts";
import { decideOnReplies } from "../town/reps-acts.ts";
import { openTown, type KillTown } from "./town.ts";
import { endTroubles } from "../town/troubles.ts";

export interface Play {
  readonly seed: number;
  readonly points: readonly KillPoint[];
  readonly give: Give;
  readonly onKilled?: (done: number, of: number) => void;
}

/** What came of one town. */
export interface Outcome {
  readonly seed: number;
  readonly kills: number;
  readonly posts: number;
  readonly replies: number;
  readonly decisions: number;
  readonly findings: readonly Finding[];
  readonly diary: readonly string[];
}

/** People go about their business while the connector dies at each of these points; then all must agree. */
export async function play({ seed, points, give, onKilled }: Play): Promise<Outcome> {
  await using town = await openTown(toChance(seed));
  await beginHearing(town, give);
  for (const [index, point] of points.entries()) {
    town.during = `${toName(point)} (kill ${index + 1})`;
    for (let acts = town.chance.below(3); acts > 0; acts--) await actSomehow(town);
    const life = await give({ config: town.world.config, time: town.time, point });
    await liveUntilKilled(town, life);
    onKilled?.(index + 1, points.length);
  }
  const findings = await comeToRest(town, give);
  const { said, answers, decisions, diary } = town;
  const done = { posts: said.length, replies: answers.length, decisions: decisions.size };
  return { seed, kills: points.length, ...done, findings, diary };
}

/** Only what is said from now on is the connector's to hear. */
export async function beginHearing(town: KillTown, give: Give): Promise<void> {
  const life = await give({ config: town.world.config, time: town.time, point: undefined });
  await life.ready;
  await waitFor("hearing to begin", () => Promise.resolve(isHearing(town.world.config.journal)));
  await life.stop();
}

/** A life that does not come to its point in this time is ended where it stands. */
const LIFE_MS = 4_000;

/** Somebody does something while it starts, and when it is up again and again, until it is dead. */
async function liveUntilKilled(town: KillTown, { fuse, ready, over }: Life): Promise<void> {
  const ended = new AbortController();
  const end = over.finally(() => ended.abort());
  for (let acts = town.chance.below(4); acts > 0; acts--) await actSomehow(town);
  await Promise.race([end, ready]);
  const lastMs = performance.now() + LIFE_MS;
  while (!ended.signal.aborted && !fuse.isBlown) {
    if (performance.now() > lastMs) fuse.blow();
    await actSomehow(town);
    // So that the connector gets along, too.
    await Promise.race([end, delay(10)]);
  }
  await end;
  if (!fuse.isBlown) throw new Error(`The connector ended by itself ${town.during}`);
}

const REST_MS = 25_000;

/** The connector lives on, nobody does anything but decide on replies, and once more after a restart: what is wrong then? */
export async function comeToRest(town: KillTown, give: Give): Promise<readonly Finding[]> {
  town.during = "the end";
  const findings = await liveQuietly(town, give);
  return findings.length > 0 ? findings : await liveQuietly(town, give);
}

async function liveQuietly(town: KillTown, give: Give): Promise<readonly Finding[]> {
  await endTroubles(town);
  const life = await give({ config: town.world.config, time: town.time, point: undefined });
  await life.ready;
  const findings = await untilAtRest(town);
  await life.stop();
  return findings;
}

async function untilAtRest(town: KillTown): Promise<readonly Finding[]> {
  const endMs = performance.now() + REST_MS;
  for (let before = ""; ;) {
    await decideOnReplies(town);
    const evidence = readTown(town);
    const findings = judge(town, evidence);
    if ((findings.length === 0 && evidence.stand === before) || performance.now() > endMs) return findings;
    before = evidence.stand;
    await delay(250);
  }
}

/** How much a connector writes and asks while a good deal happens: what there is to be killed at. */
export async function countCleanRun(seed: number, give: Give, acts: number): Promise<Counts> {
  await using town = await openTown(toChance(seed));
  const life = await give({ config: town.world.config, time: town.time, point: undefined });
  await life.ready;
  for (let done = 0; done < acts; done++) {
    await actSomehow(town);
    await delay(10);
  }
  await life.stop();
  return life.fuse.counts;
}
